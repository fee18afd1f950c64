import assert from "node:assert/strict";
import { chooseExamples } from "../../../src/evaluation/choose_examples.ts";
import { evalRecord } from "./records.ts";

Deno.test("chooseExamples() takes the first pairs of every class, and the extremes", () => {
  const records = [
    evalRecord({ pair: 3, holePsnr: 30 }),
    evalRecord({ pair: 1, holePsnr: 10 }),
    evalRecord({ pair: 2, holePsnr: 20, border: "B" }),
    evalRecord({ pair: 0, holePsnr: 99, bin: "above", ratio: 0.7 }),
    evalRecord({ pair: 4, holePsnr: null, bin: 0 }),
    evalRecord({ pair: 5, holePsnr: 15, bin: 5 }),
    evalRecord({ pair: 6, holePsnr: 1, method: "telea" }),
  ];
  const chosen = chooseExamples(records, { count: 1, primary: "pconv" });
  assert.deepEqual(chosen.examples.map(({ pair }) => pair), [4, 1, 2, 5]);
  // Of four ranked pairs two are best and two worst; the one outside the bins and the identical one are neither.
  assert.deepEqual(chosen.best.map(({ pair }) => pair), [3, 2]);
  assert.deepEqual(chosen.worst.map(({ pair }) => pair), [1, 5]);
  assert.deepEqual(chosen.dilated, []);
});

Deno.test("chooseExamples() shows pairs that have every dilation, and none if none are wanted", () => {
  const records = [0, 9].flatMap((dilate) => [
    evalRecord({ pair: 1, dilate }),
    ...(dilate === 0 ? [evalRecord({ pair: 0, dilate })] : []),
  ]);
  const { dilated } = chooseExamples(records, { count: 1, primary: "pconv" });
  assert.deepEqual(dilated, [{ pair: 1, dilate: 0 }, { pair: 1, dilate: 9 }]);
  assert.deepEqual(chooseExamples(records, { count: 0, primary: "pconv" }), {
    examples: [],
    best: [],
    worst: [],
    dilated: [],
  });
});
