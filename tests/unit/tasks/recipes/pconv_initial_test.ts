import assert from "node:assert/strict";
import {
  conv,
  pconvInitial,
  pconvNoPerceptual,
  pconvNoStyle,
  pconvSmallStyle,
} from "../../../../tasks/recipes/pconv_initial.ts";
import type { TrainingTask } from "../../../../src/task/types.ts";

const weightsOf = ({ terms }: TrainingTask) =>
  Object.fromEntries(terms.map(({ loss, weight }) => [loss.name, weight(0)]));

// Source of every number: Liu et al. 2018, equation 7, section 4.2 and figure 3.

Deno.test("pconvInitial() has the paper's first learning rate and holds nothing", () => {
  const { learningRate, freezes, terms, steps } = pconvInitial();
  assert.deepEqual([learningRate(0), learningRate(steps - 1)], [2e-4, 2e-4]);
  assert.deepEqual(freezes, []);
  assert.equal(terms.length, 6);
});

Deno.test("pconvInitial() takes steps and a rate", () => {
  const { steps, learningRate } = pconvInitial({ steps: 3, learningRate: 0.5 });
  assert.deepEqual([steps, learningRate(2)], [3, 0.5]);
});

Deno.test("the ablations of figure 3 differ from pconvInitial() in one weight each", () => {
  const whole = weightsOf(pconvInitial());
  const { "style-out": _o, "style-comp": _c, ...noStyle } = whole;
  const { perceptual: _p, ...noPerceptual } = whole;
  assert.deepEqual(weightsOf(pconvNoStyle()), noStyle);
  assert.deepEqual(weightsOf(pconvNoPerceptual()), noPerceptual);
  assert.deepEqual(weightsOf(pconvSmallStyle()), { ...whole, "style-out": 12, "style-comp": 12 });
});

Deno.test("conv() is the same objective for the typical network", () => {
  assert.deepEqual(weightsOf(conv()), weightsOf(pconvInitial()));
});
