import assert from "node:assert/strict";
import { pageComparison } from "../../../../src/commands/eval/page_comparison.ts";
import { COMPARED_SCORES, compareRecords } from "../../../../src/evaluation/compare.ts";
import { evalRecord } from "../../evaluation/records.ts";

Deno.test("pageComparison() names score and bins, of the least dilation alone", () => {
  const score = COMPARED_SCORES[0]!;
  const records = (holePsnr: number) => [0, 9].map((dilate) => evalRecord({ dilate, holePsnr }));
  const page = pageComparison(
    "pconv",
    "telea",
    score,
    compareRecords(records(21), records(20), score),
  );
  assert.deepEqual([page.a, page.b, page.score, page.unit], ["pconv", "telea", "hole PSNR", "dB"]);
  assert.deepEqual(page.rows.map(({ bin, border, mean }) => [bin, border, mean]), [
    ["(0.2, 0.3]", "N", 1],
    ["(0.2, 0.3]", "both", 1],
    ["all", "N", 1],
    ["all", "both", 1],
  ]);
});
