import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { compose } from "../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { TaskPart } from "../../../src/task/types.ts";
import { computeGradients, disposeGradients } from "../../../src/training/gradients.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { freezeBatchNorm } from "../../../tasks/freezes/batch_norm.ts";
import { hole } from "../../../tasks/losses/hole.ts";
import { valid } from "../../../tasks/losses/valid.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaBatch, formulaState } from "../../support/tiny_run.ts";

// Numbers are compared with PyTorch in tests/oracle/tiny_unet_test.ts.

const SIZE = 8;
const task = (...parts: TaskPart[]) =>
  compose("t", withLoss(valid(), 1), withLearningRate(1e-3), withSteps(9), ...parts);

function compute(parts: readonly TaskPart[], step = 0) {
  const state = formulaState(PRESETS.tiny);
  const { config, parameters } = state;
  const batch = formulaBatch(step, { size: SIZE, masks: ["speckle", "block"] });
  const result = computeGradients({
    task: task(...parts),
    config,
    parameters,
    step,
    batch,
    size: SIZE,
  });
  return { result, state };
}

cpuTest(
  "computeGradients() gives a gradient of every parameter and statistics of every layer",
  async () => {
    const { result, state } = compute([]);
    const { trained, statistics } = state.parameters;
    assert.deepEqual([...result.gradients.keys()], [...trained.keys()]);
    for (const [path, gradient] of result.gradients) {
      assert.deepEqual(gradient.shape, trained.get(path)!.info.shape, path);
    }
    assert.deepEqual([...result.batchStatistics.keys()], [...statistics.keys()]);
    disposeGradients(result);
    disposeTrainingState(state);
    await Promise.resolve();
  },
);

cpuTest("computeGradients() leaves out what is held at the step", async () => {
  const freeze = withFreeze(freezeBatchNorm({ fromStep: 3 }));
  for (const [step, count] of [[2, 16], [3, 12]] as const) {
    const { result, state } = compute([freeze], step);
    assert.equal(result.gradients.size, count);
    assert.equal(result.gradients.has("encoder/2/batch_norm/gamma"), step === 2);
    assert.equal(result.batchStatistics.has("encoder/2/batch_norm"), step === 2);
    assert.ok(result.batchStatistics.has("decoder/1/batch_norm"));
    disposeGradients(result);
    disposeTrainingState(state);
  }
  await Promise.resolve();
});

cpuTest(
  "computeGradients() gives the total first, then the losses, all of them numbers",
  async () => {
    const { result, state } = compute([withLoss(hole(), 6)]);
    assert.deepEqual(result.losses.map(([name]) => name), ["total", "valid", "hole"]);
    const [total, validLoss, holeLoss] = await Promise.all(
      result.losses.map(async ([, value]) => (await value.data())[0]!),
    );
    const expected = validLoss! + 6 * holeLoss!;
    assert.ok(Math.abs(total! - expected) < 1e-5 * expected);
    disposeGradients(result);
    disposeTrainingState(state);
  },
);

cpuTest("computeGradients() counts the images of a batch by itself", async () => {
  const state = formulaState(PRESETS.tiny);
  const { config, parameters } = state;
  for (const masks of [["speckle"], ["speckle", "block", "full"]] as const) {
    const batch = formulaBatch(0, { size: SIZE, masks });
    disposeGradients(computeGradients({
      task: task(),
      config,
      parameters,
      step: 0,
      batch,
      size: SIZE,
    }));
  }
  disposeTrainingState(state);
  await Promise.resolve();
});

cpuTest("computeGradients() does not change the network", async () => {
  const { result, state } = compute([]);
  const fresh = formulaState(PRESETS.tiny);
  for (const [path, { variable }] of state.parameters.trained) {
    const { variable: same } = fresh.parameters.trained.get(path)!;
    assert.deepEqual(await variable.data(), await same.data(), path);
  }
  for (const [path, { mean, variance }] of state.parameters.statistics) {
    const same = fresh.parameters.statistics.get(path)!;
    assert.deepEqual(await mean.data(), await same.mean.data(), path);
    assert.deepEqual(await variance.data(), await same.variance.data(), path);
  }
  disposeGradients(result);
  disposeTrainingState(state);
  disposeTrainingState(fresh);
});

cpuTest("disposeGradients() frees everything", async () => {
  const before = tf.memory().numTensors;
  const { result, state } = compute([]);
  disposeGradients(result);
  disposeTrainingState(state);
  assert.equal(tf.memory().numTensors, before);
  await Promise.resolve();
});
