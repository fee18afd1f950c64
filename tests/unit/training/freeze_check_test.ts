import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { compose } from "../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import { checkFreeze, findFreezeStep } from "../../../src/training/freeze_check.ts";
import { computeGradients, disposeGradients } from "../../../src/training/gradients.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { freezeBatchNorm } from "../../../tasks/freezes/batch_norm.ts";
import { hole } from "../../../tasks/losses/hole.ts";
import { valid } from "../../../tasks/losses/valid.ts";
import { snapshot } from "../../recipe/snapshot.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaBatch, formulaState } from "../../support/tiny_run.ts";

const SIZE = 16;
const LAYERS = ["encoder/2/batch_norm", "decoder/1/batch_norm"];
const free = compose(
  "free",
  withLoss(valid(), 1),
  withLoss(hole(), 6),
  withLearningRate(1e-3),
  withSteps(9),
);
const frozen = withFreeze(freezeBatchNorm())(free);
const later = withFreeze(freezeBatchNorm({ fromStep: 4 }))(free);

Deno.test("findFreezeStep() finds where statistics begin to be held", () => {
  assert.equal(findFreezeStep(free, LAYERS, 0), undefined);
  assert.equal(findFreezeStep(frozen, LAYERS, 0), 0);
  assert.equal(findFreezeStep(frozen, LAYERS, 3), undefined, "a resumed run has it behind it");
  assert.equal(findFreezeStep(later, LAYERS, 0), 4);
  assert.equal(findFreezeStep(later, LAYERS, 4), 4);
  assert.equal(findFreezeStep(later, LAYERS, 5), undefined);
  assert.equal(findFreezeStep(withSteps(4)(later), LAYERS, 0), undefined);
  assert.equal(findFreezeStep(frozen, [], 0), undefined, "there is no batch norm");
  assert.equal(findFreezeStep(frozen, ["decoder/1/batch_norm"], 0), undefined);
  const affine = withFreeze(freezeBatchNorm({ statistics: false }))(free);
  assert.equal(findFreezeStep(affine, LAYERS, 0), undefined);
});

cpuTest("checkFreeze() gives the totals of training without and with the freeze", async () => {
  const state = formulaState(PRESETS.tiny);
  const { config, parameters } = state;
  const batch = formulaBatch(0, { size: SIZE, masks: ["speckle", "block"] });
  const request = { config, parameters, step: 0, batch, size: SIZE };
  const totalOf = async (task: typeof free) => {
    const result = computeGradients({ ...request, task });
    const [value] = await result.losses[0]![1].data();
    disposeGradients(result);
    return value;
  };
  const before = await snapshot(state);
  const count = tf.memory().numTensors;
  const check = await checkFreeze({ ...request, task: frozen });
  assert.equal(tf.memory().numTensors, count, "it keeps tensors");
  assert.deepEqual(await snapshot(state), before);
  assert.equal(check.before, await totalOf(free));
  assert.equal(check.after, await totalOf(frozen));
  assert.notEqual(check.after, check.before);
  disposeTrainingState(state);
});

cpuTest("checkFreeze() looks at what the network is given of a lattice", async () => {
  const config = { ...PRESETS.tiny, base: "pyramid" } as const;
  const state = formulaState(config);
  const { parameters } = state;
  const plain = formulaBatch(0, { size: SIZE, masks: ["speckle", "block"] });
  const lattice = {
    input255: plain.rgb255.map((value) => value >> 1),
    guess255: plain.rgb255.map((value) => value >> 2),
    guessMask: plain.holeMask.map((_, at) => at % 5 === 0 ? 0 : 1),
  };
  const request = { config, parameters, step: 0, batch: { ...plain, lattice }, size: SIZE };
  const result = computeGradients({ ...request, task: frozen });
  const { after } = await checkFreeze({ ...request, task: frozen });
  assert.equal(after, (await result.losses[0]![1].data())[0]);
  disposeGradients(result);
  const without = await checkFreeze({ ...request, batch: plain, task: frozen });
  assert.notEqual(after, without.after);
  disposeTrainingState(state);
});
