/**
 * What a freeze holds stays the same to the bit, and what it does not hold moves.
 */
import assert from "node:assert/strict";
import { initializeParameters } from "../../src/model/parameters.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import { createRandom } from "../../src/random.ts";
import { compose } from "../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { TaskPart } from "../../src/task/types.ts";
import { train } from "../../src/training/loop.ts";
import { disposeTrainingState, type TrainingState } from "../../src/training/state.ts";
import { freezeBatchNorm } from "../../tasks/freezes/batch_norm.ts";
import { hole } from "../../tasks/losses/hole.ts";
import { valid } from "../../tasks/losses/valid.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { drawBatch } from "./samples.ts";
import { snapshot } from "./snapshot.ts";

const CROPS = { seed: 3, batchSize: 2, size: 16 } as const;

async function trainThree(state: TrainingState, ...parts: TaskPart[]): Promise<void> {
  const task = compose(
    "freezing",
    withLoss(valid(), 1),
    withLoss(hole(), 6),
    withLearningRate(1e-3),
    withSteps(state.step + 3),
    ...parts,
  );
  await Array.fromAsync(train(task, state, {
    batch: (step) => drawBatch(step, CROPS),
    size: CROPS.size,
    reportEvery: 10,
  }));
}

function freshState(): TrainingState {
  const config = PRESETS.tiny;
  const parameters = initializeParameters(config, createRandom(CROPS.seed));
  return { config, parameters, optimizer: new Map(), step: 0 };
}

for (const statistics of [true, false]) {
  for (const affine of [true, false]) {
    cpuTest(`freezing holds what it says: statistics ${statistics}, affine ${affine}`, async () => {
      const state = freshState();
      await trainThree(state); // moments first, so that momentum could move what is held
      const before = await snapshot(state);
      await trainThree(state, withFreeze(freezeBatchNorm({ statistics, affine })));
      const after = await snapshot(state);
      for (const [name, values] of Object.entries(before.network)) {
        const isEncoderNorm = /^encoder\/\d+\/batch_norm\//.test(name);
        const isAffine = /\/(gamma|beta)$/.test(name);
        const isHeld = isEncoderNorm && (isAffine ? affine : statistics);
        if (isHeld) assert.deepEqual(after.network[name], values, name);
        else assert.notDeepEqual(after.network[name], values, name);
      }
      for (const [name, moments] of Object.entries(before.moments)) {
        const isHeld = affine && /^encoder\/\d+\/batch_norm\/(gamma|beta)$/.test(name);
        if (isHeld) assert.deepEqual(after.moments[name], moments, name);
        else assert.equal(after.moments[name]!.updates, moments.updates + 3, name);
      }
      disposeTrainingState(state);
    });
  }
}

cpuTest("a parameter that is held from the start never gets moments", async () => {
  const state = freshState();
  await trainThree(state, withFreeze(freezeBatchNorm()));
  assert.ok(!state.optimizer.has("encoder/2/batch_norm/gamma"));
  assert.ok(state.optimizer.has("decoder/1/batch_norm/gamma"));
  disposeTrainingState(state);
});

cpuTest("a parameter that is thawed moves again", async () => {
  const state = freshState();
  await trainThree(state, withFreeze(freezeBatchNorm()));
  const held = await snapshot(state);
  await trainThree(state);
  const thawed = await snapshot(state);
  for (const name of ["encoder/2/batch_norm/gamma", "encoder/2/batch_norm/mean"]) {
    assert.notDeepEqual(thawed.network[name], held.network[name], name);
  }
  assert.equal(thawed.moments["encoder/2/batch_norm/gamma"]!.updates, 3);
  disposeTrainingState(state);
});
