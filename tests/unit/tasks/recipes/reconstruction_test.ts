import assert from "node:assert/strict";
import { reconstruction } from "../../../../tasks/recipes/reconstruction.ts";

Deno.test("reconstruction() weighs its losses as equation 7 of the paper", () => {
  const { terms, freezes } = reconstruction();
  assert.deepEqual(terms.map(({ loss, weight }) => [loss.name, weight(0), weight(19_999)]), [
    ["valid", 1, 1],
    ["hole", 6, 6],
  ]);
  assert.deepEqual(freezes, []);
});

Deno.test("reconstruction() warms up for 200 steps to 1e-3 and falls to a hundredth", () => {
  const { steps, learningRate } = reconstruction();
  assert.equal(steps, 20_000);
  assert.equal(learningRate(199), 1e-3);
  assert.ok(learningRate(198) < 1e-3 && learningRate(201) < 1e-3);
  assert.ok(Math.abs(learningRate(19_999) - 1e-5) < 1e-12);
});

Deno.test("reconstruction() of few steps warms up for an eighth of them", () => {
  const { steps, learningRate } = reconstruction({ steps: 16, learningRate: 0.5 });
  assert.equal(steps, 16);
  assert.deepEqual([learningRate(0), learningRate(1), learningRate(2)], [0.25, 0.5, 0.5]);
});

Deno.test("reconstruction() of a single step has a learning rate", () => {
  assert.equal(reconstruction({ steps: 1 }).learningRate(0), 1e-3);
});
