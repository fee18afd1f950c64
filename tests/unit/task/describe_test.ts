import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { listParameters } from "../../../src/model/parameters.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { compose } from "../../../src/task/compose.ts";
import { describeTask } from "../../../src/task/describe.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { Freeze, Loss } from "../../../src/task/types.ts";

const loss = (name: string): Loss => ({ name, needsFeatures: false, compute: () => tf.scalar(1) });
const parameters = listParameters(PRESETS.tiny);

const kernelsFromStep2: Freeze = {
  name: "kernels",
  holdsParameter: ({ role }, step) => role === "kernel" && step >= 2,
  holdsStatistics: () => false,
};

Deno.test("describeTask() shows every step of a short task", () => {
  const task = compose(
    "short",
    withLoss(loss("valid"), 1),
    withLoss(loss("hole"), (step) => step / 3),
    withLearningRate((step) => 1e-3 / (step + 1)),
    withFreeze(kernelsFromStep2),
    withSteps(3),
  );
  // 6 kernels, 2 biases, 4 gammas and 4 betas.
  assert.equal(
    describeTask(task, parameters),
    [
      'task "short", 3 steps, freezes: kernels',
      "step     rate  valid    hole     held",
      "   0  1.00e-3      1       0     none",
      "   1  5.00e-4      1  0.3333     none",
      "   2  3.33e-4      1  0.6667  6 of 16",
    ].join("\n"),
  );
});

Deno.test("describeTask() shows eleven evenly spaced steps of a long task, first and last included", () => {
  const basics = [withLoss(loss("hole"), 6), withLearningRate(1e-3)];
  const rows = describeTask(compose("long", ...basics, withSteps(1001)), parameters).split("\n");
  assert.equal(rows[0], 'task "long", 1001 steps, freezes: none');
  const steps = rows.slice(2).map((row) => Number(row.trim().split(/\s+/)[0]));
  assert.deepEqual(steps, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});

Deno.test("describeTask() shows a task of one step", () => {
  const task = compose("one", withLoss(loss("hole"), 6), withLearningRate(1), withSteps(1));
  assert.equal(describeTask(task, parameters).split("\n").length, 3);
});
