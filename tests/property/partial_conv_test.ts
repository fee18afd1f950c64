/**
 * Laws of the partial convolution, on the CPU.
 */
import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import { type MaskedFeatures, partialConv2d } from "../../src/ops/partial_conv.ts";
import { upsampleNearest } from "../../src/ops/upsample.ts";
import { referenceConcat } from "../oracle/reference/channels.ts";
import { referencePartialConv } from "../oracle/reference/partial_conv.ts";
import { assertAllClose, EXACT, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import {
  changeUnderHole,
  constantMask,
  itemOf,
  type MaskedCase,
  maskedCases,
  noise,
  RUNS,
} from "./arbitraries.ts";

const CLOSE = { rtol: 1e-5, atol: 1e-5 };

/** A layer: its numbers come from the seed of the image. */
interface LayerCase {
  readonly image: MaskedCase;
  readonly kernelSize: number;
  readonly stride: 1 | 2;
  readonly cin: number;
  readonly cout: number;
}

const layers: fc.Arbitrary<LayerCase> = fc.record({
  image: maskedCases(),
  kernelSize: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1 as const, 2 as const),
  cin: fc.integer({ min: 1, max: 3 }),
  cout: fc.integer({ min: 1, max: 3 }),
});

function numbersOf({ image: { n, height, width, seed }, kernelSize, cin, cout }: LayerCase) {
  return {
    features: noise([n, height, width, cin], seed),
    kernel: noise([kernelSize, kernelSize, cin, cout], seed + 1),
    bias: noise([cout], seed + 2),
  };
}

/** Runs one group; `x` may replace the numbers of the case. */
function runLayer(layer: LayerCase, features: Values, validMask: Values): MaskedFeatures {
  const { kernel, bias } = numbersOf(layer);
  return partialConv2d([{ features: toTensor(features), validMask: toTensor(validMask) }], {
    kernel: toTensor(kernel),
    bias: toTensor(bias),
    stride: layer.stride,
  });
}

function law<T>(name: string, arbitrary: fc.Arbitrary<T>, body: (value: T) => Promise<void>): void {
  cpuTest(`partialConv2d(): ${name}`, () => fc.assert(fc.asyncProperty(arbitrary, body), RUNS));
}

law(
  "with everything known the interior is the plain convolution, to the bit",
  layers,
  async (layer) => {
    const { image, kernelSize, stride, cout } = layer;
    const { features, kernel, bias } = numbersOf(layer);
    const pad = (kernelSize - 1) / 2;
    const { partial, plain } = await evaluate(() => ({
      partial: runLayer(layer, features, constantMask(image.n, image, 1)).features,
      plain: tf.add(
        tf.conv2d(
          toTensor<tf.Tensor4D>(features),
          toTensor<tf.Tensor4D>(kernel),
          stride,
          [[0, 0], [pad, pad], [pad, pad], [0, 0]],
        ),
        toTensor(bias),
      ),
    }));
    // Windows that reach outside of the image are scaled up: there the two differ.
    const [, rows, columns] = partial.shape as [number, number, number];
    const isInterior = (i: number) => {
      const [x, y] = [Math.floor(i / cout) % columns, Math.floor(i / cout / columns) % rows];
      return [[x, image.width], [y, image.height]].every(([at, size]) =>
        at! * stride >= pad && at! * stride + pad < size!
      );
    };
    const inside = ({ data }: Values): Values => {
      const kept = Array.from(data).filter((_, i) => isInterior(i));
      return { shape: [kept.length], data: kept };
    };
    assertAllClose(inside(partial), inside(plain), EXACT);
  },
);

law("with everything hole output and mask are 0, despite the bias", layers, async (layer) => {
  const { features } = numbersOf(layer);
  const empty = constantMask(layer.image.n, layer.image, 0);
  const result = await evaluate(() => ({ ...runLayer(layer, features, empty) }));
  for (const values of [result.features, result.validMask]) {
    assertAllClose(
      values,
      { shape: values.shape, data: new Float32Array(values.data.length) },
      EXACT,
    );
  }
});

law(
  "values under the hole never matter, to the bit, nor do they get a gradient",
  layers,
  async (layer) => {
    const { image } = layer;
    const { features, kernel, bias } = numbersOf(layer);
    const { shape } = features;
    const change = noise(shape, image.seed + 9);
    const large: Values = { shape, data: Array.from(change.data, (value) => value * 1e6) };
    const run = (features: Values) =>
      evaluate(() => {
        const validMask = toTensor<tf.Tensor4D>(image.validMask);
        const convolve = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
          partialConv2d([{ features: x as tf.Tensor4D, validMask }], {
            kernel: w as tf.Tensor4D,
            bias: b as tf.Tensor1D,
            stride: layer.stride,
          }).features;
        const inputs = [features, kernel, bias].map((input) => toTensor(input));
        const [dx, dw, db] = tf.grads((x, w, b) => convolve(x!, w!, b!))(inputs);
        const underHole = tf.mul(dx!, tf.sub(1, validMask));
        const output = convolve(inputs[0]!, inputs[1]!, inputs[2]!);
        return { output, dx: dx!, dw: dw!, db: db!, underHole };
      });
    const [plain, changed] = [
      await run(features),
      await run(changeUnderHole(features, image.validMask, large)),
    ];
    for (const key of ["output", "dx", "dw", "db"] as const) {
      assertAllClose(changed[key], plain[key], EXACT, key);
    }
    const zeros: Values = { shape, data: new Float32Array(plain.dx.data.length) };
    assertAllClose(plain.underHole, zeros, EXACT, "gradient under the hole");
  },
);

law("the known region never shrinks", layers, async (layer) => {
  const { image, stride } = layer;
  const { grown, kept } = await evaluate(() => {
    const old = toTensor<tf.Tensor4D>(image.validMask);
    const { validMask } = runLayer(layer, numbersOf(layer).features, image.validMask);
    const centers = tf.stridedSlice(old, [0, 0, 0, 0], old.shape, [1, stride, stride, 1]);
    return { grown: validMask, kept: tf.minimum(centers, validMask).sub(centers) };
  });
  assertAllClose(kept, { shape: kept.shape, data: new Float32Array(kept.data.length) }, EXACT);
  const isBinary = Array.from(grown.data).every((value) => value === 0 || value === 1);
  if (!isBinary) throw new Error(`mask holds ${grown.data}`);
});

law(
  "a uniform kernel over a constant image gives a constant, whatever is known",
  layers,
  async (layer) => {
    const { image, kernelSize, cin, stride } = layer;
    const { output, expected } = await evaluate(() => {
      const features = tf.fill([image.n, image.height, image.width, cin], 0.75) as tf.Tensor4D;
      const kernel = tf.fill([kernelSize, kernelSize, cin, 1], 0.5) as tf.Tensor4D;
      const group = { features, validMask: toTensor<tf.Tensor4D>(image.validMask) };
      const { features: output, validMask } = partialConv2d([group], { kernel, stride });
      return { output, expected: tf.mul(validMask, 0.75 * 0.5 * kernelSize ** 2 * cin) };
    });
    assertAllClose(output, expected, CLOSE);
  },
);

law("a batch is its items one by one, to the bit", layers, async (layer) => {
  const { image } = layer;
  const { features } = numbersOf(layer);
  const run = (x: Values, m: Values) => evaluate(() => ({ ...runLayer(layer, x, m) }));
  const whole = await run(features, image.validMask);
  for (let item = 0; item < image.n; item++) {
    const single = await run(itemOf(features, item), itemOf(image.validMask, item));
    assertAllClose(single.features, itemOf(whole.features, item), EXACT, "features");
    assertAllClose(single.validMask, itemOf(whole.validMask, item), EXACT, "mask");
  }
});

const pairs = layers.chain((layer) =>
  fc.record({
    layer: fc.constant(layer),
    channels: fc.integer({ min: 1, max: 3 }),
    second: fc.array(fc.boolean(), {
      minLength: layer.image.validMask.data.length,
      maxLength: layer.image.validMask.data.length,
    }),
  })
);

law("two groups are their concatenation with a mask per channel", pairs, async (pair) => {
  const { layer: { image, kernelSize, stride, cin, cout }, channels, second } = pair;
  const { n, height, width, seed } = image;
  const features = [
    noise([n, height, width, cin], seed),
    noise([n, height, width, channels], seed + 3),
  ];
  const masks: Values[] = [image.validMask, { ...image.validMask, data: second.map(Number) }];
  const kernel = noise([kernelSize, kernelSize, cin + channels, cout], seed + 4);
  const wide = features.map(({ shape }, i) =>
    referenceConcat(new Array<Values>(shape[3]!).fill(masks[i]!))
  );
  const expected = referencePartialConv({
    features: referenceConcat(features),
    validMask: referenceConcat(wide),
    kernel,
    stride,
  });
  const result = await evaluate(() => ({
    ...partialConv2d(
      features.map((x, i) => ({ features: toTensor(x), validMask: toTensor(masks[i]!) })),
      { kernel: toTensor(kernel), stride },
    ),
  }));
  assertAllClose(result.features, expected.output, CLOSE);
  assertAllClose(result.validMask, expected.validMask, EXACT);
});

law("groups that share a mask are one group", layers, async (layer) => {
  const { image: { n, height, width, seed, validMask }, kernelSize, stride, cout } = layer;
  const features = [noise([n, height, width, 2], seed), noise([n, height, width, 1], seed + 3)];
  const kernel = noise([kernelSize, kernelSize, 3, cout], seed + 4);
  const run = (inputs: readonly Values[]) =>
    evaluate(() => ({
      ...partialConv2d(
        inputs.map((x) => ({ features: toTensor(x), validMask: toTensor(validMask) })),
        { kernel: toTensor(kernel), stride },
      ),
    }));
  const [apart, joined] = [await run(features), await run([referenceConcat(features)])];
  assertAllClose(apart.features, joined.features, CLOSE);
  assertAllClose(apart.validMask, joined.validMask, EXACT);
});

law("a group with upsample 2 is the doubled group", maskedCases(), async (image) => {
  const { n, height, width, seed, validMask } = image;
  const small = noise([n, height, width, 2], seed);
  const skip = noise([n, 2 * height, 2 * width, 1], seed + 1);
  const options = { kernel: noise([3, 3, 3, 2], seed + 2), bias: noise([2], seed + 3) };
  const run = (isDoubledFirst: boolean) =>
    evaluate(() => {
      const [features, mask] = [toTensor<tf.Tensor4D>(small), toTensor<tf.Tensor4D>(validMask)];
      const first = isDoubledFirst
        ? { features: upsampleNearest(features), validMask: upsampleNearest(mask) }
        : { features, validMask: mask, upsample: 2 as const };
      const full = toTensor<tf.Tensor4D>(
        constantMask(n, { height: 2 * height, width: 2 * width }, 1),
      );
      const second = { features: toTensor<tf.Tensor4D>(skip), validMask: full };
      const result = partialConv2d([first, second], {
        kernel: toTensor(options.kernel),
        bias: toTensor(options.bias),
      });
      return { ...result };
    });
  const [fused, plain] = [await run(false), await run(true)];
  assertAllClose(fused.features, plain.features, CLOSE);
  assertAllClose(fused.validMask, plain.validMask, EXACT);
});
