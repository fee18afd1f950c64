import assert from "node:assert/strict";
import { refine } from "../../../../tasks/recipes/refine.ts";

Deno.test("refine() looks at the hole's PSNR alone and holds nothing", () => {
  const { terms, freezes } = refine();
  assert.deepEqual(terms.map(({ loss, weight }) => [loss.name, weight(0)]), [["hole-log-mse", 1]]);
  assert.deepEqual(freezes, []);
});

Deno.test("refine() warms up for 200 steps to 1e-3 and falls to a hundredth", () => {
  const { steps, learningRate } = refine();
  assert.equal(steps, 20_000);
  assert.equal(learningRate(199), 1e-3);
  assert.ok(learningRate(198) < 1e-3 && learningRate(201) < 1e-3);
  assert.ok(Math.abs(learningRate(19_999) - 1e-5) < 1e-12);
});

Deno.test("refine() takes steps and a rate", () => {
  const { steps, learningRate } = refine({ steps: 16, learningRate: 0.5 });
  assert.equal(steps, 16);
  assert.deepEqual([learningRate(0), learningRate(1), learningRate(2)], [0.25, 0.5, 0.5]);
});
