import assert from "node:assert/strict";
import { differencesOf, differenceWriter } from "../../../../src/report/eval/difference_text.ts";

Deno.test("differenceWriter() gives a column the decimals of its largest value, with signs", () => {
  const write = differenceWriter([0.5, -1.25, 0.04]);
  assert.deepEqual([0.5, -1.25, 0.04, 0, -0.0001].map(write), [
    "+0.500",
    "-1.250",
    "+0.040",
    "0.000",
    "0.000",
  ]);
  assert.equal(differenceWriter([0.0123])(0.0123), "+0.01230");
  assert.equal(differenceWriter([1234])(1234), "+1234");
  assert.equal(differenceWriter([])(0), "0.000");
  assert.equal(differenceWriter([NaN, 1])(NaN), "NaN");
});

Deno.test("differencesOf() gathers means and the ends that are known", () => {
  const rows = [{ mean: 1, low: 0, high: 2 }, { mean: 3, low: null, high: null }];
  assert.deepEqual(differencesOf(rows), [1, 0, 2, 3]);
});
