import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { listParameters, listStatistics } from "../../../src/model/list_parameters.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { compose } from "../../../src/task/compose.ts";
import { describeTask } from "../../../src/task/describe.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { Freeze, Loss } from "../../../src/task/types.ts";
import { freezeBatchNorm } from "../../../tasks/freezes/batch_norm.ts";

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
      "held from step 0: nothing",
      "held from step 2: encoder/1..3 (kernel); decoder/1..3 (kernel)",
    ].join("\n"),
  );
});

Deno.test("describeTask() shows eleven evenly spaced steps of a long task, first and last included", () => {
  const basics = [withLoss(loss("hole"), 6), withLearningRate((step) => 1 / (step + 1))];
  const rows = describeTask(compose("long", ...basics, withSteps(1001)), parameters).split("\n");
  assert.equal(rows[0], 'task "long", 1001 steps, freezes: none');
  const steps = rows.slice(2).map((row) => Number(row.trim().split(/\s+/)[0]));
  assert.deepEqual(steps, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});

Deno.test("describeTask() shows first and last of the steps at which nothing changes", () => {
  const rate = (step: number) => step < 500 ? 1e-3 : 1e-4;
  const basics = [withLoss(loss("hole"), 6), withLearningRate(rate), withSteps(1001)];
  const rows = describeTask(compose("steps", ...basics), parameters).split("\n").slice(2);
  assert.deepEqual(rows.map((row) => row.trim().split(/\s+/).slice(0, 2)), [
    ["0", "1.00e-3"],
    ["400", "1.00e-3"],
    ["500", "1.00e-4"],
    ["1000", "1.00e-4"],
  ]);
});

Deno.test("describeTask() shows a task of one step", () => {
  const task = compose("one", withLoss(loss("hole"), 6), withLearningRate(1), withSteps(1));
  assert.equal(describeTask(task, parameters).split("\n").length, 3);
});

const layers = listStatistics(PRESETS.tiny).map(({ path }) => path);

Deno.test("describeTask() shows held statistics and names held layers compactly", () => {
  const task = compose(
    "frozen",
    withLoss(loss("hole"), 6),
    withLearningRate(5e-5),
    withFreeze(freezeBatchNorm()),
    withFreeze(
      freezeBatchNorm({ where: (path) => path === "decoder/2/batch_norm", affine: false }),
    ),
    withSteps(2),
  );
  // Batch norm is everywhere but in the first and the last layer: 2 layers down, 2 up.
  assert.equal(
    describeTask(task, parameters, layers),
    [
      'task "frozen", 2 steps, freezes: encoder-batch-norm, batch-norm-statistics',
      "step     rate  hole     held  stored",
      "   0  5.00e-5     6  4 of 16  3 of 4",
      "   1  5.00e-5     6  4 of 16  3 of 4",
      "held: encoder/2..3 batch_norm (affine, statistics); decoder/2 batch_norm (statistics)",
    ].join("\n"),
  );
});

Deno.test("describeTask() finds the step at which freezes change, between rows too", () => {
  const task = compose(
    "late",
    withLoss(loss("hole"), 6),
    withLearningRate(5e-5),
    withFreeze(freezeBatchNorm({ fromStep: 1234, statistics: false })),
    withFreeze({
      name: "ends",
      holdsParameter: ({ path }, step) =>
        /^(encoder.[13]|output).*kernel/.test(path) && step < 7777,
      holdsStatistics: () => false,
    }),
    withSteps(10_000),
  );
  assert.deepEqual(describeTask(task, parameters, layers).split("\n").slice(-3), [
    "held from step 0: encoder/1,3 (kernel)",
    "held from step 1234: encoder/1,3 (kernel); encoder/2..3 batch_norm (affine)",
    "held from step 7777: encoder/2..3 batch_norm (affine)",
  ]);
});
