import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { compose } from "../../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { Loss, TaskPart } from "../../../src/task/types.ts";

const loss: Loss = { name: "one", needsFeatures: false, compute: () => tf.scalar(1) };

Deno.test("compose() applies its parts from left to right", () => {
  const double: TaskPart = (task) => ({ ...task, steps: 2 * task.steps });
  const basics = [withLoss(loss, 1), withLearningRate(0.5)];
  assert.equal(compose("a", ...basics, withSteps(3), double).steps, 6);
  assert.equal(compose("a", ...basics, double, withSteps(3)).steps, 3);
});

Deno.test("compose() keeps the name and starts without freezes", () => {
  const task = compose("mine", withLoss(loss, 1), withLearningRate(0.5), withSteps(3));
  assert.equal(task.name, "mine");
  assert.deepEqual(task.freezes, []);
});

Deno.test("compose() refuses a task that lacks everything, in one message", () => {
  assert.throws(() => compose("mine"), {
    name: "RangeError",
    message: 'Cannot compose task "mine": it has no loss (withLoss) and ' +
      "no learning rate (withLearningRate) and no steps (withSteps)",
  });
});
