import assert from "node:assert/strict";
import { compose } from "../../../../src/task/compose.ts";
import { withLearningRate, withSteps } from "../../../../src/task/parts.ts";
import {
  paperObjective,
  type PaperObjectiveOptions,
} from "../../../../tasks/recipes/paper_objective.ts";

const weights = (options?: PaperObjectiveOptions) =>
  compose("t", paperObjective(options), withLearningRate(1), withSteps(1)).terms
    .map(({ loss, weight }) => [loss.name, weight(0)]);

Deno.test("paperObjective() has the terms and weights of equation 7", () => {
  assert.deepEqual(weights(), [
    ["valid", 1],
    ["hole", 6],
    ["perceptual", 0.05],
    ["style-out", 120],
    ["style-comp", 120],
    ["total-variation", 0.1],
  ]);
});

Deno.test("paperObjective() leaves out what has weight 0", () => {
  assert.deepEqual(weights({ perceptual: 0, style: 0 }).map(([name]) => name), [
    "valid",
    "hole",
    "total-variation",
  ]);
});

Deno.test("paperObjective() takes one weight for both style losses", () => {
  assert.deepEqual(weights({ style: 3 }).filter(([, weight]) => weight === 3), [
    ["style-out", 3],
    ["style-comp", 3],
  ]);
});
