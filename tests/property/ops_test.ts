/**
 * Laws of the other operations, on the CPU.
 */
import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import { batchNormTraining } from "../../src/ops/batch_norm.ts";
import { composite } from "../../src/ops/composite.ts";
import { pyramidFill } from "../../src/ops/pyramid_fill.ts";
import { upsampleNearest } from "../../src/ops/upsample.ts";
import { upsampledConv2d } from "../../src/ops/upsampled_conv.ts";
import { assertAllClose, EXACT, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { changeUnderHole, maskedCases, noise, RUNS, sizes } from "./arbitraries.ts";

const CLOSE = { rtol: 1e-5, atol: 1e-5 };

function law<T>(name: string, arbitrary: fc.Arbitrary<T>, body: (value: T) => Promise<void>): void {
  cpuTest(name, () => fc.assert(fc.asyncProperty(arbitrary, body), RUNS));
}

const images = fc.record({
  size: sizes,
  n: fc.integer({ min: 1, max: 2 }),
  channels: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(1_000_000),
});

law(
  "pyramidFill() keeps known pixels, to the bit, and stays in their range",
  maskedCases(),
  async (image) => {
    const { n, height, width, seed, validMask } = image;
    const features = noise([n, height, width, 2], seed);
    const { filled } = await evaluate(() => ({
      filled: pyramidFill({ features: toTensor(features), validMask: toTensor(validMask) })[0]!,
    }));
    const isKnown = (i: number) => validMask.data[Math.floor(i / 2)] === 1;
    const known = (values: Values) => Array.from(values.data).filter((_, i) => isKnown(i));
    const shape = [known(features).length];
    assertAllClose({ shape, data: known(filled) }, { shape, data: known(features) }, EXACT);
    const plane = filled.data.length / n;
    for (let item = 0; item < n; item++) {
      for (let c = 0; c < 2; c++) {
        const own = (i: number) => Math.floor(i / plane) === item && i % 2 === c;
        const inside = Array.from(features.data).filter((_, i) => isKnown(i) && own(i));
        // Without a known pixel the fill is 0.
        const [low, high] = inside.length === 0
          ? [0, 0]
          : [Math.min(...inside), Math.max(...inside)];
        for (const value of Array.from(filled.data).filter((_, i) => own(i))) {
          if (value < low - 1e-6 || value > high + 1e-6) {
            throw new Error(`${value} lies outside of [${low}, ${high}]`);
          }
        }
      }
    }
  },
);

law("pyramidFill() never looks under the hole, to the bit", maskedCases(), async (image) => {
  const { n, height, width, seed, validMask } = image;
  const features = noise([n, height, width, 2], seed);
  const changed = changeUnderHole(features, validMask, noise(features.shape, seed + 1));
  const run = (features: Values): Promise<Record<string, Values>> =>
    evaluate(() => {
      const levels = pyramidFill({ features: toTensor(features), validMask: toTensor(validMask) });
      return Object.fromEntries(levels.map((level, i) => [`level ${i}`, level]));
    });
  const [plain, other] = [await run(features), await run(changed)];
  for (const key of Object.keys(plain)) assertAllClose(other[key]!, plain[key]!, EXACT, key);
});

law(
  "composite() is the known image on known pixels and the output in the hole, to the bit",
  maskedCases(),
  async (image) => {
    const { n, height, width, seed, validMask } = image;
    const [output, known] = [
      noise([n, height, width, 3], seed),
      noise([n, height, width, 3], seed + 1),
    ];
    const { result } = await evaluate(() => ({
      result: composite(toTensor(output), toTensor(known), toTensor(validMask)),
    }));
    const expected = Array.from(
      known.data,
      (value, i) => validMask.data[Math.floor(i / 3)] === 1 ? value : output.data[i]!,
    );
    assertAllClose(result, { shape: known.shape, data: expected }, EXACT);
  },
);

law("upsampledConv2d() is the convolution of the doubled image", images, async (image) => {
  const { size: { height, width }, n, channels, seed } = image;
  const { fused, plain } = await evaluate(() => {
    const x = toTensor<tf.Tensor4D>(noise([n, height, width, channels], seed));
    const kernel = toTensor<tf.Tensor4D>(noise([3, 3, channels, 2], seed + 1));
    return {
      fused: upsampledConv2d(x, kernel),
      plain: tf.conv2d(upsampleNearest(x), kernel, 1, "same"),
    };
  });
  assertAllClose(fused, plain, CLOSE);
});

const variedImages = images.filter(({ size, n }) => n * size.height * size.width >= 4);

law("batchNormTraining() forgets scale and shift of its input", variedImages, async (image) => {
  const { size: { height, width }, n, channels, seed } = image;
  const { plain, moved } = await evaluate(() => {
    const x = toTensor<tf.Tensor4D>(noise([n, height, width, channels], seed));
    const affine = {
      gamma: tf.ones([channels]) as tf.Tensor1D,
      beta: tf.zeros([channels]) as tf.Tensor1D,
    };
    const run = (image: tf.Tensor) => {
      const { output, statistics } = batchNormTraining(image as tf.Tensor4D, affine);
      tf.dispose([statistics.mean, statistics.variance]);
      return output;
    };
    // The scale is large, so that the epsilon in the root weighs little in both.
    return { plain: run(tf.mul(x, 30)), moved: run(tf.add(tf.mul(x, 90), 20)) };
  });
  assertAllClose(moved, plain, { rtol: 1e-3, atol: 1e-4 });
});
