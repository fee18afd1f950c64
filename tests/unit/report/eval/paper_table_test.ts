import assert from "node:assert/strict";
import { PAPER_METHODS, PAPER_TABLE } from "../../../../src/report/eval/paper_table.ts";

const valuesOf = (score: string, method: string) =>
  PAPER_TABLE.find(({ name }) => name === score)!.rows
    .find((row) => row.method === method)!.values;

Deno.test("PAPER_TABLE has every cell: 4 scores, 5 methods, 6 ranges, N and B", () => {
  assert.deepEqual(PAPER_TABLE.map(({ name }) => name), ["l1", "PSNR", "SSIM", "IScore"]);
  const cells = PAPER_TABLE.flatMap(({ rows }) => rows.flatMap(({ values }) => values.flat()));
  assert.equal(cells.length, 240);
  assert.ok(cells.every((value) => Number.isFinite(value) && value > 0));
  for (const { rows } of PAPER_TABLE) {
    assert.deepEqual(rows.map(({ method }) => method), PAPER_METHODS.map(([name]) => name));
    assert.ok(rows.every(({ values }) => values.length === 6));
  }
});

Deno.test("PAPER_TABLE has cells as Table 1 of Liu et al. 2018 prints them", () => {
  assert.deepEqual(valuesOf("l1", "PConv")[0], [0.49, 0.47]);
  assert.deepEqual(valuesOf("l1", "GL")[5], [8.6, 9.78]);
  assert.deepEqual(valuesOf("PSNR", "PConv")[1], [27.71, 28.32]);
  assert.deepEqual(valuesOf("PSNR", "Conv")[5], [18.24, 18.94]);
  assert.deepEqual(valuesOf("SSIM", "PM")[3], [0.666, 0.675]);
  assert.deepEqual(valuesOf("SSIM", "GntIpt")[4], [0.569, 0.57]);
  assert.deepEqual(valuesOf("IScore", "PConv")[5], [3.603, 1.588]);
});

Deno.test("PAPER_TABLE gets worse from range to range in every row, as the paper's does", () => {
  for (const { name, better, rows } of PAPER_TABLE) {
    for (const { method, values } of rows) {
      for (const side of [0, 1] as const) {
        for (let bin = 1; bin < 6; bin++) {
          const change = values[bin]![side] - values[bin - 1]![side];
          assert.ok(better === "higher" ? change < 0 : change > 0, `${name} ${method} ${bin}`);
        }
      }
    }
  }
});

Deno.test("PAPER_TABLE gives no value more decimals than it says", () => {
  for (const { rows, decimals, name } of PAPER_TABLE) {
    for (const value of rows.flatMap(({ values }) => values.flat())) {
      assert.equal(Number(value.toFixed(decimals)), value, name);
    }
  }
});
