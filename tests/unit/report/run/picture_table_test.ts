import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import type { PictureRow } from "../../../../src/report/run/run_page_record.ts";
import { pictureTable } from "../../../../src/report/run/picture_table.ts";
import { failedRow, HOSTILE, pictureRow } from "./run_records.ts";

const draw = (rows: readonly PictureRow[]) => htmlText(pictureTable(rows)!);
const headsOf = (html: string) =>
  [...html.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, name]) => name);

Deno.test("pictureTable() has the columns that there is something in", () => {
  assert.deepEqual(headsOf(draw([pictureRow({ shard: "1/2" }), failedRow("b")])), [
    "Picture",
    "Result",
    "Size",
    "Hole",
    "Time",
    "Shard",
    "Notes",
  ]);
  const bare = { input: "a", status: "copied", warnings: [] } as const;
  assert.deepEqual(headsOf(draw([bare])), ["Picture", "Result"]);
  assert.equal(pictureTable([]), undefined);
});

Deno.test("pictureTable() gives every row the same cells, with numbers to sort by", () => {
  const html = draw([pictureRow(), failedRow("b")]);
  const rows = [...html.matchAll(/<tr class="([\w-]+)">(.*?)<\/tr>/gs)];
  assert.deepEqual(rows.map(([, name]) => name), ["filled", "failed"]);
  for (const [, , cells] of rows) assert.equal(cells!.match(/<t[dh]/g)!.length, 6);
  assert.match(html, /data-v="307200">640x480</);
  assert.match(html, /data-v="0\.25">25 %</);
  assert.match(html, /data-v="1500">1\.5 s</);
  assert.match(html, /in\/a\.png<small>out\/a\.png<\/small>/);
});

Deno.test("pictureTable() keeps names, errors, warnings and the rest text", () => {
  const html = draw([
    pictureRow({ input: HOSTILE, output: HOSTILE + "2", warnings: [HOSTILE], verified: HOSTILE }),
    failedRow(HOSTILE, HOSTILE),
  ]);
  assert.doesNotMatch(html, /<script|x"'/);
  assert.equal(html.match(/&lt;script&gt;/g)!.length, 6);
});

Deno.test("pictureTable() has a switch for each result that occurs", () => {
  const html = draw([pictureRow(), pictureRow({ status: "done before" }), failedRow("b")]);
  assert.deepEqual(
    [...html.matchAll(/type="checkbox" value="([\w-]+)"/g)].map(([, value]) => value),
    ["failed", "filled", "done-before"],
  );
  assert.doesNotMatch(draw([pictureRow(), pictureRow()]), /type="checkbox"/);
});
