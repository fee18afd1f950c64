import assert from "node:assert/strict";
import { superres } from "../../../../tasks/recipes/superres.ts";

Deno.test("superres() looks at the hole's PSNR alone and holds nothing", () => {
  const { name, terms, freezes } = superres();
  assert.equal(name, "superres");
  assert.deepEqual(terms.map(({ loss, weight }) => [loss.name, weight(0)]), [["hole-log-mse", 1]]);
  assert.deepEqual(freezes, []);
});

Deno.test("superres() warms up for 200 steps to 5e-4 and falls to a hundredth", () => {
  const { steps, learningRate } = superres();
  assert.equal(steps, 20_000);
  assert.equal(learningRate(199), 5e-4);
  assert.ok(learningRate(198) < 5e-4 && learningRate(201) < 5e-4);
  assert.ok(Math.abs(learningRate(19_999) - 5e-6) < 1e-12);
});

Deno.test("superres() takes steps and a rate", () => {
  const { steps, learningRate } = superres({ steps: 16, learningRate: 0.5 });
  assert.equal(steps, 16);
  assert.deepEqual([learningRate(0), learningRate(1), learningRate(2)], [0.25, 0.5, 0.5]);
});
