import assert from "node:assert/strict";
import {
  formatRate,
  formatStudyCsv,
  formatStudyJson,
  formatStudyMarkdown,
} from "../../../../src/report/study/study_report.ts";
import { someResults, studyRow } from "./study_results_record.ts";

Deno.test("formatRate() writes percent with the interval", () => {
  assert.equal(formatRate({ rate: 0.625, low: 0.5512, high: 0.6944 }), "62.5 % (55.1 to 69.4)");
});

Deno.test("formatStudyMarkdown() writes a table for each view", () => {
  const text = formatStudyMarkdown(someResults());
  assert.match(text, /^# User study abc123\n\n2 participants gave 17 answers/);
  assert.equal(text.match(/^## /gm)!.length, 5);
  assert.ok(
    text.includes(
      "| telea | 75.0 % (30.0 to 95.0), n 4, 1.5 s | 25.0 % (30.0 to 95.0), n 4, 1.5 s | - |\n",
    ),
  );
  // Every row of a table has as many cells as its head.
  for (const table of text.match(/(?:^\|.*\n)+/gm)!) {
    assert.equal(
      new Set(table.trim().split("\n").map((line) => line.split(" | ").length)).size,
      1,
    );
  }
});

Deno.test("formatStudyMarkdown() keeps names within their cells and says that there is nothing", () => {
  const text = formatStudyMarkdown(someResults({ unlimited: [studyRow({ over: "a|b" })] }));
  assert.match(text, /^\| a\\\|b \| 75/m);
  assert.match(formatStudyMarkdown(someResults({ unlimited: [], limited: [] })), /No answers\.\n$/);
});

Deno.test("formatStudyCsv() writes every row", () => {
  const lines = formatStudyCsv(someResults({ unlimited: [studyRow({ over: 'a,"b"', bin: 2 })] }))
    .split("\r\n");
  assert.equal(
    lines[0],
    "experiment,preferred,over,duration_ms,border,bin,count,chosen,rate,low,high,mean_response_ms",
  );
  assert.equal(
    lines[1],
    'unlimited,ours,"a,""b""",,both,"(0.2, 0.3]",4,3,0.750000,0.300000,0.950000,1500.0',
  );
  assert.match(lines[2]!, /^limited,truth,ours,250,both,all,4,3,0\.600000,/);
  assert.equal(lines.length, 6);
  assert.equal(lines[5], "");
});

Deno.test("formatStudyJson() holds all results", () => {
  const { format, version, ...rest } = JSON.parse(formatStudyJson(someResults()));
  assert.deepEqual([format, version], ["pconv-study-results", 1]);
  assert.deepEqual(rest, someResults());
});
