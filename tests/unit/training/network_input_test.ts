import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { makeLatticeSample, planesOfHoles } from "../../../src/data/lattice_sample.ts";
import { initializeParameters } from "../../../src/model/parameters.ts";
import { runUNet } from "../../../src/model/pconv_unet.ts";
import { PRESETS, type UNetConfig } from "../../../src/model/unet_config.ts";
import { pyramidFill } from "../../../src/ops/pyramid_fill.ts";
import { createRandom } from "../../../src/random.ts";
import {
  computeGradients,
  disposeGradients,
  type TrainingBatch,
} from "../../../src/training/gradients.ts";
import { networkInput } from "../../../src/training/network_input.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { superres } from "../../../tasks/recipes/superres.ts";
import { PICTURE } from "../../recipe/samples.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaBatch, formulaState } from "../../support/tiny_run.ts";

const CONFIGS: readonly UNetConfig[] = [
  PRESETS.tiny,
  { ...PRESETS.tiny, base: "pyramid" },
  { ...PRESETS.tiny, convolution: "typical", holeValue: "grey" },
];

/** Truth and mask of a batch as tensors; the caller disposes of them. */
function tensorsOf({ rgb255, holeMask }: TrainingBatch, size: number) {
  const n = holeMask.length / size ** 2;
  return tf.tidy(() => ({
    target: tf.div(tf.tensor4d(rgb255, [n, size, size, 3], "float32"), 255) as tf.Tensor4D,
    validMask: tf.sub(
      1,
      tf.tensor4d(holeMask, [n, size, size, 1], "float32"),
    ) as tf.Tensor4D,
  }));
}

for (const config of CONFIGS) {
  const name = `${config.convolution ?? "partial"} over ${config.base}`;
  cpuTest(`planes of holes give the bits of no planes, ${name}`, async () => {
    const size = 16;
    const batch = formulaBatch(0, { size, masks: ["speckle", "block"] });
    const state = formulaState(config);
    const task = superres({ steps: 4 });
    const numbers = async (given: TrainingBatch) => {
      const { parameters } = state;
      const result = computeGradients({ task, config, parameters, step: 0, batch: given, size });
      const values = new Map<string, unknown>();
      for (const [path, gradient] of result.gradients) values.set(path, await gradient.data());
      for (const [path, { mean, variance }] of result.batchStatistics) {
        values.set(`${path}/statistics`, [await mean.data(), await variance.data()]);
      }
      for (const [loss, value] of result.losses) values.set(`loss ${loss}`, await value.data());
      disposeGradients(result);
      return values;
    };
    const plain = await numbers(batch);
    const lattice = planesOfHoles(batch.rgb255, batch.holeMask);
    assert.deepEqual(await numbers({ ...batch, lattice }), plain);
    // The test can tell: another input at known pixels changes something.
    const other = { ...lattice, input255: lattice.input255.map((value) => value ^ 1) };
    assert.notDeepEqual(await numbers({ ...batch, lattice: other }), plain);
    disposeTrainingState(state);
  });
}

cpuTest("without planes the network gets the truth, and makes its own fills", async () => {
  const { target, validMask } = tensorsOf(formulaBatch(0, { size: 8, masks: ["block"] }), 8);
  const given = networkInput({ ...PRESETS.tiny, base: "pyramid" }, {
    ...{ target, validMask, lattice: undefined },
  });
  assert.equal(given.masked.features, target);
  assert.equal(given.masked.validMask, validMask);
  assert.equal(given.fills, undefined);
  assert.equal(given.truthMask, validMask);
  tf.dispose([target, validMask]);
  await Promise.resolve();
});

cpuTest("planes take the place of the truth in input, fills and the mask for losses", async () => {
  const size = 4;
  // Known pixels 0 and 1, of which 1 is not the truth; the guess is good at 0, 1 and 5.
  const batch = { rgb255: new Uint8Array(48).fill(51), holeMask: new Uint8Array(16).fill(1) };
  batch.holeMask.fill(0, 0, 2);
  const lattice = {
    input255: batch.rgb255.slice(),
    guess255: new Uint8Array(48).fill(102),
    guessMask: new Uint8Array(16),
  };
  lattice.input255[4] = 52; // one channel of pixel 1
  for (const at of [0, 1, 5]) lattice.guessMask[at] = 1;
  const { target, validMask } = tensorsOf(batch, size);
  const read = async (config: UNetConfig) => {
    const [features, truthMask, ...fills] = tf.tidy((): tf.Tensor4D[] => {
      const given = networkInput(config, { target, validMask, lattice });
      assert.equal(given.masked.validMask, validMask);
      return [given.masked.features, given.truthMask, ...given.fills ?? []];
    });
    const values = {
      input: await features!.data(),
      truth: [...await truthMask!.data()],
      fills: await Promise.all(fills.map((fill) => fill.data())),
    };
    tf.dispose([features!, truthMask!, ...fills]);
    return values;
  };
  const none = await read(PRESETS.tiny);
  assert.deepEqual(none.input, Float32Array.from(lattice.input255, (value) => value / 255));
  assert.deepEqual(none.truth, [1, ...new Array(15).fill(0)]);
  assert.deepEqual(none.fills, []);
  const over = await read({ ...PRESETS.tiny, base: "pyramid" });
  assert.deepEqual(over.truth, none.truth);
  // 4, 2 and 1 pixels: a fill of one colour is that colour to a rounding.
  assert.deepEqual(over.fills.map(({ length }) => length), [48, 12, 3]);
  for (const fill of over.fills) {
    assert.ok(fill.every((value) => Math.abs(value - 0.4) < 1e-6));
  }
  tf.dispose([target, validMask]);
});

cpuTest("an untrained network over the pyramid gives the bicubic enlargement", async () => {
  const size = 64;
  const config = PRESETS.lite;
  assert.equal(config.base, "pyramid");
  const parameters = initializeParameters(config, createRandom(1));
  const state = { config, parameters, optimizer: new Map(), step: 0 };
  for (const [scale, holesInLattice] of [[2, 0], [3, 0], [8, 0], [4, 1]] as const) {
    const { lattice, ...batch } = makeLatticeSample(PICTURE, createRandom(2, scale), {
      ...{ size, scales: [scale, scale], holesInLattice },
    });
    const { target, validMask } = tensorsOf(batch, size);
    const [output, expected] = tf.tidy(() => {
      const { masked, fills } = networkInput(config, { target, validMask, lattice });
      const guess = pyramidFill({
        features: tf.div(tf.tensor4d(lattice.guess255, [1, size, size, 3], "float32"), 255),
        validMask: tf.tensor4d(lattice.guessMask, [1, size, size, 1], "float32"),
      })[0]!;
      return [runUNet(config, parameters, masked, { fills: fills! }).output, guess];
    });
    const [values, fill] = [await output!.data(), await expected!.data()];
    let [worst, guessed] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      // Where nothing is guessed, in and around a hole of the small picture, it is the fill.
      assert.ok(Math.abs(values[i]! - fill[i]!) <= 1e-6);
      if (lattice.guessMask[Math.floor(i / 3)] === 0) continue;
      guessed++;
      worst = Math.max(worst, Math.abs(255 * values[i]! - lattice.guess255[i]!));
    }
    assert.ok(guessed > 0);
    assert.equal(guessed === values.length, holesInLattice === 0);
    // The last layer of a new network is 0, so nothing is left but the rounding of bytes over 255.
    assert.ok(worst < 1e-4, `scale ${scale}: ${worst} of 255`);
    tf.dispose([output!, expected!, target, validMask]);
  }
  disposeTrainingState(state);
});
