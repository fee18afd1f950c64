import assert from "node:assert/strict";
import {
  binLabel,
  binsByRatio,
  binsOfColumns,
  binTick,
  bordersIn,
  identicalNotes,
  pairsOf,
  rowFinder,
} from "../../../../src/report/eval/table_classes.ts";
import { evalRow, evalTable } from "./records.ts";

const table = {
  methods: ["pconv"],
  dilations: [0],
  rows: (["all", "above", 3, "below", 0] as const).map((bin) => evalRow({ bin, border: "B" })),
};

Deno.test("binsByRatio() goes from small to large, binsOfColumns() puts what is outside last", () => {
  assert.deepEqual(binsByRatio(table), ["below", 0, 3, "above"]);
  assert.deepEqual(binsOfColumns(table), [0, 3, "all", "below", "above"]);
});

Deno.test("bordersIn() gives the borders that occur", () => {
  assert.deepEqual(bordersIn(table), ["B"]);
  assert.deepEqual(bordersIn(evalTable()), ["N", "B"]);
});

Deno.test("binLabel() and binTick() name ranges", () => {
  assert.deepEqual([0, 5, "all", "below", "above"].map((bin) => binLabel(bin as 0)), [
    "(0.01, 0.1]",
    "(0.5, 0.6]",
    "all",
    "[0, 0.01]",
    "(0.6, 1]",
  ]);
  assert.deepEqual([0, 1, "all", "below", "above"].map((bin) => binTick(bin as 0)), [
    "1–10",
    "10–20",
    "all",
    "≤1",
    ">60",
  ]);
});

Deno.test("rowFinder() finds by all four keys, pairsOf() the most of any method", () => {
  const rows = [
    evalRow(),
    evalRow({ method: "telea", pairs: 3 }),
    evalRow({ dilate: 5, pairs: 9 }),
  ];
  const known = { methods: ["pconv", "telea"], dilations: [0, 5], rows };
  const find = rowFinder(known);
  assert.equal(find({ method: "telea", dilate: 0, bin: 0, border: "both" }), rows[1]);
  assert.equal(find({ method: "pconv", dilate: 5, bin: 0, border: "both" }), rows[2]);
  assert.equal(find({ method: "telea", dilate: 5, bin: 0, border: "both" }), undefined);
  assert.equal(pairsOf(known, { dilate: 0, bin: 0, border: "both" }), 4);
  assert.equal(pairsOf(known, { dilate: 0, bin: 1, border: "both" }), 0);
});

Deno.test("identicalNotes() names each class once, and the dilation where there are several", () => {
  assert.deepEqual(identicalNotes(evalTable()), [
    "telea, (0.01, 0.1] N: 1 of 4 composites equal the truth",
  ]);
  assert.deepEqual(
    identicalNotes(evalTable([0, 5])).at(-1),
    [
      "telea, (0.01, 0.1] N, dilation kernel 5 px: 1 of 4 composites equal the truth",
    ][0],
  );
});
