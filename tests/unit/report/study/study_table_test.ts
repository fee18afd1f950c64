import assert from "node:assert/strict";
import {
  binsOf,
  durationName,
  durationsOf,
  studyFacts,
  studyTables,
} from "../../../../src/report/study/study_table.ts";
import { someResults, studyRow } from "./study_results_record.ts";

Deno.test("studyTables() puts every rate in its place", () => {
  const tables = studyTables(someResults());
  const rates = tables.map(({ rows }) =>
    rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell?.rate)])
  );
  assert.deepEqual(rates, [
    [["telea", 0.75, 0.25, undefined]],
    [["telea", 0.5, 1]],
    [["ours", 0.6, 0.9], ["telea", undefined, undefined]],
    [["ours", undefined, undefined], ["telea", undefined, undefined]],
    [["ours", undefined, undefined], ["telea", undefined, 0.8]],
  ]);
  assert.deepEqual(tables[1]!.columns, ["(0.2, 0.3]", "(0.6, 1]"]);
  assert.deepEqual(tables[2]!.columns, ["250 ms", "4 s"]);
});

Deno.test("studyTables() names both methods where there is no focus", () => {
  const [table] = studyTables(someResults({ focus: null, limited: [] }));
  assert.equal(table!.rows[0]!.name, "ours over telea");
  assert.match(table!.meaning, /prefer the first method;/);
});

Deno.test("studyTables() has no table for an experiment without answers", () => {
  assert.equal(studyTables(someResults({ unlimited: [] })).length, 3);
  assert.equal(studyTables(someResults({ limited: [] })).length, 2);
  assert.deepEqual(studyTables(someResults({ unlimited: [], limited: [] })), []);
});

Deno.test("binsOf() and durationsOf() ascend", () => {
  const rows = (["above", 3, "all", "below", 0, 3] as const).map((bin) => studyRow({ bin }));
  assert.deepEqual(binsOf(rows), ["below", 0, 3, "above"]);
  assert.deepEqual(
    durationsOf([4000, 250, null, 250].map((durationMs) => studyRow({ durationMs }))),
    [250, 4000],
  );
});

Deno.test("durationName() is short", () => {
  assert.deepEqual([250, 1000, 4000, 1500].map(durationName), ["250 ms", "1 s", "4 s", "1.5 s"]);
});

Deno.test("studyFacts() says what was counted and why some was not", () => {
  assert.deepEqual(studyFacts(someResults()).slice(0, 2), [
    "2 participants gave 17 answers that count, in a study of 10 trials.",
    "Answers left out: 3 (2 not on screen once for the time planned, within 50 ms; 1 chosen within 200 ms).",
  ]);
  const none = someResults({ excluded: { shown: 0, early: 0, repeated: 0 }, participants: 1 });
  assert.match(studyFacts(none)[0]!, /^1 participant gave/);
  assert.equal(studyFacts(none)[1], "Answers left out: 0.");
});
