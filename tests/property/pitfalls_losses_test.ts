/**
 * Mistakes that are made with the losses, by their number in the table of tests/README.md. Each test computes the
 * mistake too and shows that it would be seen.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { CAFFE_SCALE, toCanonicalVgg16 } from "../../src/checkpoint/vgg16_convention.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import {
  createVgg16,
  disposeVgg16,
  runVgg16,
  VGG16_LAYERS,
  type Vgg16Numbers,
} from "../../src/model/vgg16.ts";
import { gramMatrix } from "../../src/ops/gram_matrix.ts";
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { Loss } from "../../src/task/types.ts";
import { computeGradients, disposeGradients } from "../../src/training/gradients.ts";
import { computeObjective, type FeatureExtractor } from "../../src/training/objective.ts";
import { disposeTrainingState } from "../../src/training/state.ts";
import { hole } from "../../tasks/losses/hole.ts";
import { perceptual } from "../../tasks/losses/perceptual.ts";
import { styleComp, styleOut } from "../../tasks/losses/style.ts";
import { totalVariation } from "../../tasks/losses/total_variation.ts";
import { valid } from "../../tasks/losses/valid.ts";
import { referenceGram } from "../oracle/reference/feature_losses.ts";
import { referenceFeatures } from "../oracle/reference/features.ts";
import type { Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { formulaVgg, runSmallVgg } from "../support/formula_vgg.ts";
import { formulaBatch, formulaState } from "../support/tiny_run.ts";
import { constantMask, noise } from "./arbitraries.ts";

interface Pictures {
  readonly output: Values;
  readonly target: Values;
  readonly validMask: Values;
}

/** A loss on pictures, as the objective computes it. */
async function lossOf(
  loss: Loss,
  { output, target, validMask }: Pictures,
  extractFeatures: FeatureExtractor = runSmallVgg,
): Promise<number> {
  const task = compose("one", withLoss(loss, 1), withLearningRate(1), withSteps(1));
  const { total } = await evaluate(() => ({
    total: computeObjective(task, {
      output: toTensor(output),
      target: toTensor(target),
      validMask: toTensor(validMask),
      step: 0,
      extractFeatures,
    }).total,
  }));
  return total.data[0]!;
}

function assertNear(actual: number, expected: number, relative = 1e-5): void {
  const isNear = Math.abs(actual - expected) <= relative * Math.abs(expected);
  assert.ok(isNear, `is ${actual}, must be ${expected}`);
}

const SHAPE = [2, 8, 10, 3];

/** Two images of noise, known at the left. */
function pictures(known: "left" | "all" | "nothing"): Pictures {
  const isKnown = (x: number) => known === "all" || (known === "left" && x < 6);
  return {
    output: noise(SHAPE, 1),
    target: noise(SHAPE, 2),
    validMask: {
      shape: [2, 8, 10, 1],
      data: Array.from({ length: 160 }, (_, i) => isKnown(i % 10) ? 1 : 0),
    },
  };
}

/** Raw numbers of VGG-16 in the Caffe convention, by formula. */
function caffeArrays(): Map<string, Float32Array> {
  const numbers = formulaVgg(VGG16_LAYERS, 6);
  return new Map(numbers.flatMap(({ kernel, bias }, index) => {
    const { name } = VGG16_LAYERS[index]!;
    return [
      [`${name}/kernel`, Float32Array.from(kernel.data)],
      [`${name}/bias`, Float32Array.from(bias.data)],
    ] as const;
  }));
}

cpuTest(
  "pitfall 8: Caffe's VGG is brought to torchvision's scale; channels in its order count",
  async () => {
    const inputs: Pictures = {
      output: noise([1, 8, 8, 3], 1),
      target: noise([1, 8, 8, 3], 2),
      validMask: constantMask(1, { height: 8, width: 8 }, 1),
    };
    const valuesWith = async (numbers: Vgg16Numbers) => {
      const vgg = createVgg16(numbers);
      const extract = (image: tf.Tensor4D) => runVgg16(vgg, image);
      const values = [
        await lossOf(perceptual(), inputs, extract),
        await lossOf(styleOut(), inputs, extract),
      ] as const;
      disposeVgg16(vgg);
      return values;
    };
    const canonical = toCanonicalVgg16(caffeArrays(), "caffe");
    const [perceptualLoss, styleLoss] = await valuesWith(canonical);

    // The mistake: Caffe's numbers as they are, on 0..255. Weights 0.05 and 120 would mean something else.
    const raw = caffeArrays();
    raw.set("conv1_1/kernel", raw.get("conv1_1/kernel")!.map((weight) => 255 * weight));
    const [rawPerceptual, rawStyle] = await valuesWith({ arrays: raw, mean: canonical.mean });
    assertNear(rawPerceptual / perceptualLoss, CAFFE_SCALE);
    assertNear(rawStyle / styleLoss, CAFFE_SCALE ** 2);
    assert.ok(CAFFE_SCALE > 57 && CAFFE_SCALE ** 2 > 3300);

    // The mistake: blue first, as in Caffe's own files.
    const turned = new Map(canonical.arrays);
    const kernel = turned.get("conv1_1/kernel")!;
    turned.set(
      "conv1_1/kernel",
      kernel.map((_, i) => {
        const [cout, cin, tap] = [i % 64, Math.floor(i / 64) % 3, Math.floor(i / 192)];
        return kernel[(tap * 3 + 2 - cin) * 64 + cout]!;
      }),
    );
    const [blueFirst] = await valuesWith({ ...canonical, arrays: turned });
    assert.ok(Math.abs(blueFirst / perceptualLoss - 1) > 0.01, `${blueFirst / perceptualLoss}`);
  },
);

cpuTest(
  "pitfall 9: the Gram matrix is divided by C·H·W once, its distance by C² once",
  async () => {
    const inputs = pictures("left");
    const right = await lossOf(styleOut(), inputs);
    const sums = { once: 0, twice: 0, withoutMean: 0 };
    const wanted = referenceFeatures(inputs.target).maps;
    referenceFeatures(inputs.output).maps.forEach((map, p) => {
      const [n, height, width, channels] = map.shape as [number, number, number, number];
      const size = height * width * channels;
      for (let item = 0; item < n; item++) {
        const goal = referenceGram(wanted[p]!, item * size);
        const distance = referenceGram(map, item * size)
          .reduce((sum, value, k) => sum + Math.abs(value - goal[k]!), 0) / n;
        sums.once += distance / channels ** 2;
        sums.twice += distance / channels ** 2 / size;
        sums.withoutMean += distance;
      }
    });
    assertNear(right, sums.once);
    for (const mistake of [sums.twice, sums.withoutMean]) {
      assert.ok(right / mistake > 5 || mistake / right > 5, `${mistake} against ${right}`);
    }
  },
);

cpuTest("pitfall 9: the Gram matrix is scaled before its sums can overflow", async () => {
  const { gram, late } = await evaluate(() => {
    const features = tf.fill([1, 4, 4, 2], 1e19) as tf.Tensor4D;
    const flat = tf.reshape(features, [1, 16, 2]);
    return { gram: gramMatrix(features), late: tf.div(tf.matMul(flat, flat, true), 32) };
  });
  // 16 · 1e38 / 32; the sum alone is above the largest float32. In half floats that takes features of 64.
  for (const value of gram.data as Float32Array) assertNear(value, 5e37);
  assert.ok(Array.from(late.data).every((value) => value === Infinity));
});

cpuTest("pitfall 10: L1 losses are divided by all elements of all images", async () => {
  const error = (n: number): Pictures => ({
    output: { shape: [n, 8, 10, 3], data: new Float32Array(n * 240).fill(1) },
    target: { shape: [n, 8, 10, 3], data: new Float32Array(n * 240) },
    validMask: {
      shape: [n, 8, 10, 1],
      data: Array.from({ length: n * 80 }, (_, i) => i % 10 < 6 ? 1 : 0),
    },
  });
  for (const n of [1, 2]) {
    assertNear(await lossOf(hole(), error(n)), 0.4);
    assertNear(await lossOf(valid(), error(n)), 0.6);
  }
  // mmagic divides by the hole and would give 1 for both, a sum 96 and more.
});

cpuTest("pitfall 11: total variation of a constant image is 0, not that of its mask", async () => {
  const isHole = (i: number) => i % 32 >= 11 && i % 32 < 21 && i >= 11 * 32 && i < 21 * 32;
  const isNear = (i: number) => i % 32 >= 10 && i % 32 < 22 && i >= 10 * 32 && i < 22 * 32;
  const flat: Values = { shape: [1, 32, 32, 3], data: new Float32Array(3072).fill(0.8) };
  const validMask: Values = {
    shape: [1, 32, 32, 1],
    data: Array.from({ length: 1024 }, (_, i) => isHole(i) ? 0 : 1),
  };
  assert.equal(await lossOf(totalVariation(), { output: flat, target: flat, validMask }), 0);
  // PConv-Keras: means of the differences of R·I, which jump at the rim of R.
  const masked = Array.from({ length: 1024 }, (_, i) => isNear(i) ? 0.8 : 0);
  let mistake = 0;
  for (let i = 0; i < 1024; i++) {
    if (i % 32 < 31) mistake += Math.abs(masked[i + 1]! - masked[i]!) / (32 * 31);
    if (i < 31 * 32) mistake += Math.abs(masked[i + 32]! - masked[i]!) / (32 * 31);
  }
  assertNear(mistake, 0.0387, 1e-3);
});

cpuTest(
  "pitfall 11: total variation looks at pairs within one pixel of the hole, not everywhere",
  async () => {
    // One row of pixels 0..9 with a hole at 4, steps of 1: pairs (3, 4) and (4, 5), of 10 pixels.
    const slope: Values = {
      shape: [1, 1, 10, 3],
      data: Array.from({ length: 30 }, (_, i) => Math.floor(i / 3)),
    };
    const validMask: Values = {
      shape: [1, 1, 10, 1],
      data: Array.from({ length: 10 }, (_, i) => i === 4 ? 0 : 1),
    };
    const value = await lossOf(totalVariation(), { output: slope, target: slope, validMask });
    assertNear(value, 0.2);
    const [wholeImage, holeAlone] = [0.9, 0];
    for (const mistake of [wholeImage, holeAlone]) assert.notEqual(value, mistake);
  },
);

cpuTest("pitfall 12: losses are on images in [0, 1]", async () => {
  const state = formulaState(PRESETS.tiny);
  const batch = formulaBatch(0, { size: 8, masks: ["full"] });
  const task = compose("t", withLoss(valid(), 1), withLearningRate(1), withSteps(1));
  const result = computeGradients({
    task,
    config: state.config,
    parameters: state.parameters,
    step: 0,
    batch,
    size: 8,
  });
  const [total] = await result.losses[0]![1].data();
  const { output } = await evaluate(() => {
    const features = tf.div(tf.tensor4d(batch.rgb255, [1, 8, 8, 3], "float32"), 255);
    const { output, batchStatistics } = runUNet(state.config, state.parameters, {
      features: features as tf.Tensor4D,
      validMask: tf.ones([1, 8, 8, 1]),
    }, { usesBatchStatistics: () => true });
    for (const { mean, variance } of batchStatistics.values()) tf.dispose([mean, variance]);
    return { output };
  });
  const deviations = [0.229, 0.224, 0.225];
  const distance = (scale: (channel: number) => number) =>
    Array.from(batch.rgb255).reduce(
      (sum, value, i) => sum + scale(i % 3) * Math.abs(output.data[i]! - value / 255) / 192,
      0,
    );
  const right = distance(() => 1);
  assertNear(total!, right);
  // On [-1, 1] and on images normalised for ImageNet the same weights would mean twice, and 4.4 times, as much.
  assertNear(distance(() => 2) / right, 2);
  const ratio = distance((channel) => 1 / deviations[channel]!) / right;
  assert.ok(ratio > 4.3 && ratio < 4.5, `${ratio}`);
  disposeGradients(result);
  disposeTrainingState(state);
});

cpuTest(
  "pitfall 13: the perceptual loss looks at output and composite, each style loss at its own",
  async () => {
    // Without a hole the composite is the target, with nothing known it is the output.
    const [whole, empty] = [pictures("all"), pictures("nothing")];
    const alone = await lossOf(perceptual(), whole);
    assert.ok(alone > 0);
    assertNear(await lossOf(perceptual(), empty), 2 * alone);
    assert.equal(await lossOf(styleComp(), whole), 0);
    const style = await lossOf(styleOut(), whole);
    assert.ok(style > 0);
    for (const inputs of [empty, pictures("left")]) {
      assertNear(
        await lossOf(styleOut(), inputs),
        style,
      );
    }
    assertNear(await lossOf(styleComp(), empty), style);
  },
);
