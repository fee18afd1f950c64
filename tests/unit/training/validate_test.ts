import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { cutLatticeSample } from "../../../src/data/lattice_sample.ts";
import { generateHoleMask } from "../../../src/data/mask_generator.ts";
import { DivergenceError } from "../../../src/errors.ts";
import { meanAbsoluteError } from "../../../src/metrics/mean_absolute_error.ts";
import { psnr } from "../../../src/metrics/psnr.ts";
import { ssim } from "../../../src/metrics/ssim.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { createRandom } from "../../../src/random.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { LATTICE_BIN, validate, type ValidationPair } from "../../../src/training/validate.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaState } from "../../support/tiny_run.ts";
import { snapshot } from "../../recipe/snapshot.ts";

const SIZE = 32;
const RATIOS = [[0.02, 0.09], [0.32, 0.38], [0.03, 0.08], [0.12, 0.18], [0.33, 0.39]] as const;

/** Pictures of slopes with holes of the ratios above: bins 0, 3, 0, 1, 3. */
const PAIRS: readonly ValidationPair[] = RATIOS.map((ratio, index) => ({
  name: `picture-${index}.png`,
  rgb255: Uint8Array.from(
    { length: SIZE * SIZE * 3 },
    (_, i) => (i * (index + 2) + (i % 3) * 40) % 256,
  ),
  holeMask: generateHoleMask(createRandom(5, index), { width: SIZE, height: SIZE, ratio }),
}));
const OPTIONS = { pairs: PAIRS, size: SIZE, batchSize: 2 };

cpuTest(
  "validate() scores the composites, rounded to bytes, per image and then their mean",
  async () => {
    const state = formulaState(PRESETS.tiny);
    const { scores, fills } = (await validate(state, { ...OPTIONS, fills: PAIRS.length }))!;
    assert.deepEqual(fills.map(({ pair }) => pair.name), PAIRS.map(({ name }) => name));
    const extent = { width: SIZE, height: SIZE };
    const each = fills.map(({ pair: { rgb255, holeMask }, raw, composite }) => {
      for (let i = 0; i < rgb255.length; i++) {
        const expected = holeMask[Math.floor(i / 3)] === 1 ? raw[i] : rgb255[i];
        if (composite[i] !== expected) assert.fail(`composite is ${composite[i]} at ${i}`);
      }
      assert.notDeepEqual(raw, composite, "the output equals the picture where nothing is missing");
      return [
        meanAbsoluteError(composite, rgb255),
        psnr(composite, rgb255),
        ssim(composite, rgb255, extent),
        psnr(composite, rgb255, { holeMask }),
      ];
    });
    const means = (members: readonly number[]) =>
      [0, 1, 2, 3].map((k) => members.reduce((sum, i) => sum + each[i]![k]!, 0) / members.length);
    const listed = ({ l1Percent, psnr, ssim, holePsnr }: typeof scores) => [
      l1Percent,
      psnr,
      ssim,
      holePsnr,
    ];
    const close = (actual: readonly number[], expected: readonly number[]) =>
      assertAllClose({ shape: [4], data: actual }, { shape: [4], data: expected }, {
        rtol: 1e-12,
        atol: 0,
      });
    assert.equal(scores.count, 5);
    close(listed(scores), means([0, 1, 2, 3, 4]));
    assert.deepEqual(scores.bins.map(({ bin, count }) => [bin, count]), [
      ["(0.01, 0.1]", 2],
      ["(0.1, 0.2]", 1],
      ["(0.3, 0.4]", 2],
    ]);
    for (const [i, members] of [[0, 2], [3], [1, 4]].entries()) {
      close(listed({ ...scores, ...scores.bins[i]! }), means(members));
    }
    disposeTrainingState(state);
  },
);

cpuTest("validate() does not depend on the batch size and repeats itself to the bit", async () => {
  const state = formulaState(PRESETS.tiny);
  const first = await validate(state, { ...OPTIONS, fills: 2 });
  assert.deepEqual(await validate(state, { ...OPTIONS, fills: 2 }), first);
  for (const batchSize of [1, 3, 7]) {
    assert.deepEqual(await validate(state, { ...OPTIONS, batchSize, fills: 2 }), first);
  }
  assert.equal(first!.fills.length, 2);
  disposeTrainingState(state);
});

cpuTest(
  "validate() uses stored statistics, and changes no number and keeps no tensor",
  async () => {
    const state = formulaState(PRESETS.tiny);
    const before = await snapshot(state);
    const count = tf.memory().numTensors;
    const alone = await validate(state, { ...OPTIONS, pairs: PAIRS.slice(0, 1), fills: 1 });
    const among = await validate(state, { ...OPTIONS, batchSize: 5, fills: 1 });
    // With statistics of the batch the other pictures would matter.
    assert.deepEqual(alone!.fills[0], among!.fills[0]);
    assert.equal(tf.memory().numTensors, count);
    assert.deepEqual(await snapshot(state), before);
    disposeTrainingState(state);
  },
);

cpuTest(
  "validate() scores pictures to be enlarged beside the others, in a bin of their own",
  async () => {
    const state = formulaState({ ...PRESETS.tiny, base: "pyramid" });
    const pairs = PAIRS.map((pair, i): ValidationPair => {
      if (i % 2 === 0) return pair;
      const side = 42; // ⌈32 / 6⌉ + 1 cells of 6
      const truth = Uint8Array.from(
        { length: side ** 2 * 3 },
        (_, at) => (at * (i + 2) + (at % 3) * 40) % 256,
      );
      return {
        name: pair.name,
        ...cutLatticeSample(truth, { size: SIZE, scale: 6, offset: [0, 0] }),
      };
    });
    const options = { ...OPTIONS, pairs, fills: 5 };
    const mixed = (await validate(state, options))!;
    assert.deepEqual(mixed.scores.bins.map(({ bin, count }) => [bin, count]), [
      ["(0.01, 0.1]", 2],
      ["(0.3, 0.4]", 1],
      [LATTICE_BIN, 2],
    ]);
    // Beside lattices or not, an irregular pair is the same to the bit.
    const plain = (await validate(state, { ...OPTIONS, fills: 5 }))!;
    for (const i of [0, 2, 4]) assert.deepEqual(mixed.fills[i], plain.fills[i]);
    for (const batchSize of [1, 3, 7]) {
      assert.deepEqual(await validate(state, { ...options, batchSize }), mixed);
    }
    // What is known comes from the planes and not from the truth.
    const other = pairs.map((pair) =>
      pair.lattice === undefined ? pair : {
        ...pair,
        lattice: { ...pair.lattice, input255: pair.lattice.input255.map((value) => value >> 1) },
      }
    );
    const changed = (await validate(state, { ...options, pairs: other }))!;
    assert.deepEqual(changed.fills[0], mixed.fills[0]);
    assert.notDeepEqual(changed.fills[1]!.raw, mixed.fills[1]!.raw);
    disposeTrainingState(state);
  },
);

cpuTest("validate() counts a faultless fill as 100 dB", async () => {
  const state = formulaState({ ...PRESETS.tiny, base: "pyramid", normalisation: "none" });
  // Heads and the last layer at 0 leave the pyramid fill, which is exact on one colour.
  for (const { variable } of state.parameters.trained.values()) {
    const zeros = tf.zerosLike(variable);
    variable.assign(zeros);
    zeros.dispose();
  }
  const pairs = PAIRS.map((pair) => ({ ...pair, rgb255: pair.rgb255.map(() => 51) }));
  const { scores } = (await validate(state, { ...OPTIONS, pairs }))!;
  const { l1Percent, psnr, ssim, holePsnr } = scores;
  assert.deepEqual([l1Percent, psnr, ssim, holePsnr], [0, 100, 1, 100]);
  disposeTrainingState(state);
});

cpuTest("validate() tells its progress and stops when told to", async () => {
  const state = formulaState(PRESETS.tiny);
  const done: number[] = [];
  await validate(state, { ...OPTIONS, onProgress: (count) => done.push(count) });
  assert.deepEqual(done, [2, 4, 5]);
  const controller = new AbortController();
  const { signal } = controller;
  const stopped = await validate(state, {
    ...OPTIONS,
    signal,
    onProgress: (count) => {
      done.push(count);
      controller.abort();
    },
  });
  assert.equal(stopped, undefined);
  assert.deepEqual(done, [2, 4, 5, 2]);
  disposeTrainingState(state);
});

cpuTest("validate() names the image whose output is not finite", async () => {
  const state = formulaState(PRESETS.tiny);
  state.step = 8;
  const bias = [...state.parameters.trained.values()].at(-1)!.variable;
  const bad = tf.fill(bias.shape, NaN);
  bias.assign(bad);
  bad.dispose();
  await assert.rejects(validate(state, OPTIONS), (error: Error) => {
    assert.ok(error instanceof DivergenceError);
    assert.equal(
      error.message,
      'Training diverged at step 7: the output for validation image "picture-0.png" holds NaN',
    );
    return true;
  });
  disposeTrainingState(state);
});
