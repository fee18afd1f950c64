/**
 * Mistakes that are made with the layer and the network, by their number in the table of tests/README.md. Each test
 * computes the mistake too and shows that it would be seen.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { resizeHoleMask } from "../../src/data/mask_file.ts";
import { disposeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import { batchNormStored } from "../../src/ops/batch_norm.ts";
import { groupConv2d } from "../../src/ops/group_conv.ts";
import { partialConv2d } from "../../src/ops/partial_conv.ts";
import { referenceConcat } from "../oracle/reference/channels.ts";
import { referencePartialConv } from "../oracle/reference/partial_conv.ts";
import { assertAllClose, compare, EXACT, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../support/formula_tensor.ts";
import { formulaParameters } from "../support/tiny_run.ts";
import { constantMask, noise } from "./arbitraries.ts";

const CLOSE = { rtol: 1e-5, atol: 1e-5 };

type Shape4D = [number, number, number, number];

const ones = (...shape: Shape4D) => tf.ones(shape) as tf.Tensor4D;

/** A 3x3 kernel that looks at the middle of channel 0 alone: it shows the ratio itself. */
const middle = (size: number, cin: number): Values => {
  const data = new Float32Array(size * size * cin);
  data[(size * size - 1) / 2 * cin] = 1;
  return { shape: [size, size, cin, 1], data };
};

/** Fails unless some values differ by more than `least`. */
function assertFar(actual: Values, wrong: Values, least: number): void {
  const { absolute } = compare(actual, wrong, EXACT);
  assert.ok(absolute > least, `the mistake changes ${absolute}, must be more than ${least}`);
}

cpuTest(
  "pitfall 1: with everything known the layer is the plain convolution, not its mean",
  async () => {
    const cin = 512;
    const { features } = await evaluate(() => ({
      features: partialConv2d([{ features: ones(1, 5, 5, cin), validMask: ones(1, 5, 5, 1) }], {
        kernel: toTensor(middle(3, cin)),
      }).features,
    }));
    const interior = features.data[2 * 5 + 2];
    assert.equal(interior, 1);
    // PConv-Keras divides by the channels once too often, naoto0804 by the whole window.
    const mistakes = [1 / cin, 1 / (9 * cin)];
    assert.ok(Math.abs(mistakes[0]! - 0.001953) < 1e-6);
    assert.ok(mistakes.every((mistake) => mistake !== interior));
  },
);

cpuTest("pitfall 2: groups keep their own masks; one mask for both is something else", async () => {
  const shape = { height: 6, width: 7 };
  const features = [noise([1, 6, 7, 4], 1), noise([1, 6, 7, 3], 2)] as const;
  const masks = [formulaMask(["block"], 6, 7), formulaMask(["speckle"], 6, 7)] as const;
  const kernel = noise([3, 3, 7, 2], 3);
  const either: Values = {
    shape: [1, shape.height, shape.width, 1],
    data: Array.from(masks[0].data, (value, i) => Math.max(value, masks[1].data[i]!)),
  };
  const run = (chosen: readonly Values[]) =>
    evaluate(() => ({
      output: partialConv2d(
        features.map((x, i) => ({ features: toTensor(x), validMask: toTensor(chosen[i]!) })),
        { kernel: toTensor(kernel) },
      ).features,
    }));
  const perChannel = referenceConcat([
    ...new Array<Values>(4).fill(masks[0]),
    ...new Array<Values>(3).fill(masks[1]),
  ]);
  const { output: expected } = referencePartialConv({
    features: referenceConcat(features),
    validMask: perChannel,
    kernel,
    stride: 1,
  });
  const { output } = await run(masks);
  assertAllClose(output, expected, CLOSE);
  assertFar((await run([either, either])).output, expected, 0.1);
});

cpuTest("pitfall 3: padding is the same on both sides, where tfjs's is not", async () => {
  const { output, lopsided } = await evaluate(() => {
    const x = toTensor<tf.Tensor4D>(formulaTensor([1, 8, 8, 1]));
    const kernel = toTensor<tf.Tensor4D>(formulaTensor([7, 7, 1, 1], { phase: 1 }));
    const whole = partialConv2d([{ features: x, validMask: ones(1, 8, 8, 1) }], {
      kernel,
      stride: 2,
    });
    const box = tf.ones([7, 7, 1, 1]) as tf.Tensor4D;
    const counts = tf.conv2d(ones(1, 8, 8, 1), box, 2, "same");
    return {
      output: whole.features,
      lopsided: tf.div(tf.mul(tf.conv2d(x, kernel, 2, "same"), 49), counts),
    };
  });
  const { output: expected } = referencePartialConv({
    features: formulaTensor([1, 8, 8, 1]),
    validMask: constantMask(1, { height: 8, width: 8 }, 1),
    kernel: formulaTensor([7, 7, 1, 1], { phase: 1 }),
    stride: 2,
  });
  assertAllClose(output, expected, CLOSE);
  assertFar(lopsided, expected, 0.1);
});

cpuTest(
  "pitfall 4: an empty window is 0 and a full one exactly 1, without an epsilon",
  async () => {
    const { features } = await evaluate(() => ({
      features: partialConv2d([{
        features: ones(1, 1, 9, 1),
        validMask: toTensor({ shape: [1, 1, 9, 1], data: [1, 1, 1, 1, 1, 0, 0, 0, 0] }),
      }], { kernel: toTensor({ shape: [1, 3, 1, 1], data: [0, 1, 0] }) }).features,
    }));
    // By hand: the border, whole windows, windows of two, one and no known pixels whose middle may be hole.
    assertAllClose(features, { shape: [1, 1, 9, 1], data: [1.5, 1, 1, 1, 1.5, 0, 0, 0, 0] }, EXACT);
    // 1e-8 is nothing in half floats, and 1e-6 is seen in float32.
    const epsilon = Math.f16round(1e-8);
    assert.ok(Number.isNaN(Math.f16round(3 / (0 + epsilon)) * 0));
    assert.notEqual(Math.fround(3 / Math.fround(3 + 1e-6)), 1);
  },
);

cpuTest("pitfall 5: the bias is neither scaled nor left in holes", async () => {
  const known = [1, 0, 0, 0];
  const { features } = await evaluate(() => ({
    features: partialConv2d([{
      features: toTensor({ shape: [1, 1, 4, 1], data: [5, 7, 7, 7] }),
      validMask: toTensor({ shape: [1, 1, 4, 1], data: known }),
    }], {
      kernel: toTensor({ shape: [1, 3, 1, 1], data: [1, 1, 1] }),
      bias: toTensor({ shape: [1], data: [10] }),
    }).features,
  }));
  const right = [25, 25, 0, 0]; // 5 · 3/1 + 10, then nothing
  const scaled = [45, 45, 0, 0]; // (5 + 10) · 3/1
  const inHoles = [25, 25, 10, 10]; // PConv-Keras
  assert.deepEqual(Array.from(features.data), right);
  for (const mistake of [scaled, inHoles]) assert.notDeepEqual(Array.from(features.data), mistake);
});

cpuTest(
  "pitfall 6: what batch norm leaves in holes is multiplied away by the next layer",
  async () => {
    const result = await evaluate(() => {
      const first = partialConv2d([{
        features: toTensor(noise([1, 6, 8, 2], 1)),
        validMask: toTensor(formulaMask(["block"], 6, 8)),
      }], { kernel: toTensor(noise([3, 3, 2, 2], 2)) });
      const normalised = batchNormStored(first.features, {
        gamma: tf.tensor1d([1, 2]),
        beta: tf.tensor1d([0.5, -3]),
      }, { mean: tf.tensor1d([0.1, 0.2]), variance: tf.tensor1d([1, 2]) });
      const { validMask } = first;
      const skip = { features: toTensor<tf.Tensor4D>(noise([1, 6, 8, 1], 4)), validMask };
      const kernel = toTensor<tf.Tensor4D>(noise([3, 3, 3, 1], 3));
      const next = (features: tf.Tensor4D) =>
        partialConv2d([{ features, validMask }, skip], { kernel });
      const clean = tf.mul(normalised, validMask) as tf.Tensor4D;
      const everywhere = ones(1, 6, 8, 1);
      return {
        left: tf.mul(normalised, tf.sub(1, validMask)),
        output: next(normalised).features,
        cleaned: next(clean).features,
        untracked: partialConv2d([
          { features: normalised, validMask: everywhere },
          { ...skip, validMask: everywhere },
        ], { kernel }).features,
      };
    });
    assert.ok(Array.from(result.left.data).some((value) => Math.abs(value) > 1));
    assertAllClose(result.output, result.cleaned, EXACT);
    assertFar(result.untracked, result.cleaned, 0.1);
  },
);

cpuTest("pitfall 7: an image is filled the same whatever else is in its batch", async () => {
  const parameters = formulaParameters(PRESETS.tiny);
  const features = noise([2, 8, 8, 3], 1);
  const validMask = formulaMask(["speckle", "block"], 8, 8);
  const first = async (count: number, usesBatchStatistics: boolean) => {
    const { output } = await evaluate(() => {
      const cut = (x: Values) => tf.slice(toTensor<tf.Tensor4D>(x), 0, count);
      const masked = { features: cut(features), validMask: cut(validMask) };
      const { output, batchStatistics } = runUNet(
        PRESETS.tiny,
        parameters,
        masked,
        usesBatchStatistics ? { usesBatchStatistics: () => true } : {},
      );
      for (const { mean, variance } of batchStatistics.values()) tf.dispose([mean, variance]);
      return { output: tf.slice(output, 0, 1) };
    });
    return output;
  };
  assertAllClose(await first(2, false), await first(1, false), EXACT);
  assertFar(await first(2, true), await first(1, true), 0.1);
  disposeParameters(parameters);
});

cpuTest(
  "pitfall 14: masks stay hard when they are resized; a soft one breaks the ratio",
  async () => {
    const from = { width: 2, height: 1 };
    const hard = resizeHoleMask(Uint8Array.of(1, 0), from, { width: 4, height: 1 });
    assert.deepEqual([...hard], [1, 1, 0, 0]);
    const soft = [0, 0.25, 0.75, 1]; // known, as bilinear resizing makes it
    // A uniform kernel over a constant image gives its sum, 3, wherever anything is known.
    const sumsWith = async (known: readonly number[]) => {
      const { features } = await evaluate(() => ({
        features: partialConv2d([{
          features: ones(1, 1, 4, 1),
          validMask: toTensor({ shape: [1, 1, 4, 1], data: known }),
        }], { kernel: toTensor({ shape: [1, 3, 1, 1], data: [1, 1, 1] }) }).features,
      }));
      return Array.from(features.data);
    };
    assert.deepEqual(await sumsWith([...hard].map((hole) => 1 - hole)), [0, 3, 3, 3]);
    // By hand: the first window holds 0.25, counts as a quarter known, and is scaled by 3 all the same.
    assert.deepEqual(await sumsWith(soft), [3 * 0.25 * 0.25, 3, 3, 3]);
  },
);

/** Pixels that are still hole after each encoder level of the paper, of a centred square hole in 512x512. */
const UNFILLED: Readonly<Record<number, readonly number[]>> = {
  32: [169, 25, 1, 0, 0, 0, 0, 0],
  128: [3721, 841, 169, 25, 1, 0, 0, 0],
  300: [21609, 5041, 1089, 225, 49, 9, 1, 0],
  500: [61009, 14641, 3481, 841, 169, 25, 1, 0],
};

cpuTest(
  "pitfall 16: eight levels close a hole of 500 pixels, seven do not close one of 300",
  async () => {
    for (const [side, expected] of Object.entries(UNFILLED)) {
      const counts: number[] = [];
      const start = 256 - Number(side) / 2;
      const isHole = (at: number) => at >= start && at < start + Number(side);
      const { known } = await evaluate(() => {
        const inside = tf.tensor1d(Array.from({ length: 512 }, (_, i) => isHole(i) ? 1 : 0));
        const hole = tf.outerProduct(inside, inside);
        let validMask = tf.reshape(tf.sub(1, hole), [1, 512, 512, 1]) as tf.Tensor4D;
        const sums = PRESETS.paper.encoder.map(({ kernel }) => {
          const weights = tf.zeros([kernel, kernel, 1, 1]) as tf.Tensor4D;
          ({ validMask } = partialConv2d([{ features: validMask, validMask }], {
            kernel: weights,
            stride: 2,
          }));
          return tf.sum(tf.sub(1, validMask));
        });
        return { known: tf.stack(sums) };
      });
      counts.push(...Array.from(known.data));
      assert.deepEqual(counts, expected, `side ${side}`);
    }
    assert.notEqual(UNFILLED[300]![6], 0);
  },
);

cpuTest(
  "pitfall 17: doubling before the convolution shows no checkerboard; a deconvolution does",
  async () => {
    const { output, deconvolved } = await evaluate(() => {
      const flat = ones(1, 4, 4, 1);
      const kernel = ones(3, 3, 1, 1);
      return {
        output: groupConv2d([{ features: flat, upsample: 2 }], { kernel }),
        deconvolved: tf.conv2dTranspose(flat, kernel, [1, 8, 8, 1], 2, "same"),
      };
    });
    const interior = ({ data }: Values) => {
      const kept = Array.from(data).filter((_, i) => {
        const [x, y] = [i % 8, Math.floor(i / 8)];
        return x > 0 && x < 7 && y > 0 && y < 7;
      });
      return [...new Set(kept)].sort();
    };
    assert.deepEqual(interior(output), [9]);
    assert.deepEqual(interior(deconvolved), [1, 2, 4]);
  },
);

cpuTest("pitfall 18: hole around an image changes nothing; invented pixels do", async () => {
  const [features, validMask] = [noise([1, 5, 6, 2], 1), formulaMask(["speckle"], 5, 6)];
  const result = await evaluate(() => {
    const x = toTensor<tf.Tensor4D>(features);
    const m = toTensor<tf.Tensor4D>(validMask);
    const options = { kernel: toTensor<tf.Tensor4D>(noise([3, 3, 2, 2], 2)), stride: 2 as const };
    const run = (x: tf.Tensor4D, m: tf.Tensor4D) =>
      tf.slice(partialConv2d([{ features: x, validMask: m }], options).features, 0, [1, 3, 3, 2]);
    const sides: [number, number][] = [[0, 0], [0, 3], [0, 2], [0, 0]];
    const mirror = (image: tf.Tensor4D) =>
      tf.mirrorPad(image, sides as [[0, 0], [0, 3], [0, 2], [0, 0]], "symmetric") as tf.Tensor4D;
    const around = (image: tf.Tensor4D) =>
      tf.pad(image, sides as [[0, 0], [0, 3], [0, 2], [0, 0]]) as tf.Tensor4D;
    return {
      plain: run(x, m),
      padded: run(around(x), around(m)),
      invented: run(mirror(x), mirror(m)),
    };
  });
  assertAllClose(result.padded, result.plain, EXACT);
  assertFar(result.invented, result.plain, 0.1);
});
