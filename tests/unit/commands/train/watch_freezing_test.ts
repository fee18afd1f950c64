import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { watchFreezing } from "../../../../src/commands/train/watch_freezing.ts";
import type { SampleBatch } from "../../../../src/data/sample_stream.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { compose } from "../../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../../src/task/parts.ts";
import type { TaskPart } from "../../../../src/task/types.ts";
import { disposeTrainingState, type TrainingState } from "../../../../src/training/state.ts";
import { freezeBatchNorm } from "../../../../tasks/freezes/batch_norm.ts";
import { hole } from "../../../../tasks/losses/hole.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaBatch, formulaState } from "../../../support/tiny_run.ts";
import { fakeCommandIo } from "../fake_command_io.ts";

const SIZE = 16;

function watch(state: TrainingState, ...parts: TaskPart[]) {
  const asked: number[] = [];
  const io = fakeCommandIo();
  const watch = watchFreezing({
    task: compose("t", withLoss(hole(), 6), withLearningRate(1e-3), withSteps(9), ...parts),
    state,
    settings: { size: SIZE },
    data: {
      samples: {
        batch: (step) => {
          asked.push(step);
          const batch = formulaBatch(step, { size: SIZE, masks: ["speckle", "block"] });
          return Promise.resolve(batch as SampleBatch);
        },
      },
    },
    io,
  });
  return { ...watch, asked, said: io.said };
}

cpuTest(
  "watchFreezing() tells the loss before and after the switch, at its step alone",
  async () => {
    const state = formulaState(PRESETS.tiny);
    const { step, check, asked, said } = watch(
      state,
      withFreeze(freezeBatchNorm({ fromStep: 3 })),
    );
    assert.equal(step, 3);
    await check();
    assert.deepEqual(said, []);
    state.step = 3;
    await check();
    assert.deepEqual(asked, [3]);
    assert.match(
      said[0]!,
      /^batch norm statistics are frozen from step 3 on: loss from \d+\.\d{4} to \d+\.\d{4}$/,
    );
    disposeTrainingState(state);
  },
);

cpuTest("watchFreezing() warns if the stored statistics do not fit the images", async () => {
  const state = formulaState(PRESETS.tiny);
  for (const { variance } of state.parameters.statistics.values()) {
    const spoilt = tf.mul(variance, 1e-4) as tf.Tensor1D;
    variance.assign(spoilt);
    spoilt.dispose();
  }
  // The decoder's layers too: with statistics of the batch they would undo most of it.
  const { check, said } = watch(state, withFreeze(freezeBatchNorm({ where: () => true })));
  await check();
  assert.equal(said.length, 2);
  assert.match(said[1]!, /^warning: the loss jumps from \d+\.\d{4} to \d+\.\d{4} as batch norm /);
  const [before, after] = said[1]!.match(/\d+\.\d{4}/g)!.map(Number);
  assert.ok(after! > 1.5 * before!);
  disposeTrainingState(state);
});

cpuTest("watchFreezing() has nothing to tell where nothing is frozen", async () => {
  const state = formulaState(PRESETS.tiny);
  const { step, check, asked, said } = watch(state);
  assert.equal(step, undefined);
  await check();
  assert.deepEqual([asked, said], [[], []]);
  disposeTrainingState(state);
});
