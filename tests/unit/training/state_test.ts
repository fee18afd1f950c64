import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { makeMoments } from "../../../src/training/adam.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaState } from "../../support/tiny_run.ts";

cpuTest("disposeTrainingState() frees parameters, statistics and moments", async () => {
  const before = tf.memory().numTensors;
  const state = formulaState(PRESETS.tiny);
  state.optimizer.set("encoder/1/bias", makeMoments([4]));
  // 16 parameters, 4 layers with two statistics, one pair of moments.
  assert.equal(tf.memory().numTensors, before + 16 + 8 + 2);
  disposeTrainingState(state);
  assert.equal(tf.memory().numTensors, before);
  await Promise.resolve();
});
