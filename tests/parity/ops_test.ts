/**
 * Every operation on shapes that fill more than one workgroup, with its gradients, GPU against CPU.
 */
import * as tf from "@tensorflow/tfjs";
import { absolute } from "../../src/ops/absolute.ts";
import { activate } from "../../src/ops/activation.ts";
import { batchNormStored, batchNormTraining } from "../../src/ops/batch_norm.ts";
import { blocksToSpace } from "../../src/ops/blocks.ts";
import { channelSums } from "../../src/ops/channel_sums.ts";
import { composite } from "../../src/ops/composite.ts";
import { crop } from "../../src/ops/crop.ts";
import { partialConv2d, type PartialConvGroup } from "../../src/ops/partial_conv.ts";
import { pyramidFill } from "../../src/ops/pyramid_fill.ts";
import { upsampleBilinear } from "../../src/ops/upsample_bilinear.ts";
import { upsampleNearest } from "../../src/ops/upsample.ts";
import { upsampledConv2d } from "../../src/ops/upsampled_conv.ts";
import { toTensor } from "../support/evaluate.ts";
import { formulaMask, formulaTensor } from "../support/formula_tensor.ts";
import { parityTest } from "./compare_backends.ts";

// Measured on the software GPU: at most half of this, by the gradient of a kernel that adds up 1,300 products.
const TOLERANCE = { rtol: 1e-4, atol: 5e-5 };

type Shape4D = [number, number, number, number];

const image = (shape: Shape4D, phase = 0) => toTensor<tf.Tensor4D>(formulaTensor(shape, { phase }));
const vector = (size: number, phase: number, shift = 0) =>
  toTensor<tf.Tensor1D>(formulaTensor([size], { phase, scale: 0.5, shift }));
const mask = (height: number, width: number) =>
  toTensor<tf.Tensor4D>(formulaMask(["block", "speckle"], height, width));

/** Output and gradients by all inputs, for a fixed gradient of the output. */
function withGradients(
  f: (...inputs: tf.Tensor4D[]) => tf.Tensor,
  inputs: tf.Tensor[],
): Record<string, tf.Tensor> {
  const output = f(...inputs as tf.Tensor4D[]);
  const dy = toTensor(formulaTensor(output.shape, { phase: 9 }));
  const gradients = tf.grads((...x) => f(...x as tf.Tensor4D[]))(inputs, dy);
  return { output, ...Object.fromEntries(gradients.map((gradient, i) => [`d${i}`, gradient])) };
}

interface LayerCase {
  readonly name: string;
  readonly kernel: number;
  readonly stride: 1 | 2;
  readonly channels: readonly number[];
  readonly cout: number;
  readonly upsample?: 2;
}

// Channels that tfjs's vectorised kernels take (multiples of 4) and channels that they do not.
const LAYERS: readonly LayerCase[] = [
  { name: "first layer", kernel: 7, stride: 2, channels: [3], cout: 16 },
  { name: "inner layer", kernel: 5, stride: 2, channels: [16], cout: 20 },
  { name: "odd channels", kernel: 3, stride: 2, channels: [5], cout: 7 },
  { name: "decoder", kernel: 3, stride: 1, channels: [16, 8], cout: 12, upsample: 2 },
  { name: "last layer", kernel: 3, stride: 1, channels: [8, 3, 3], cout: 3, upsample: 2 },
];

for (const { name, kernel, stride, channels, cout, upsample } of LAYERS) {
  parityTest(`partialConv2d(), ${name}`, () => {
    const [height, width] = [22, 34];
    const sizes = channels.map((_, i) => upsample === 2 && i === 0 ? 2 : 1);
    const masks = sizes.map((by) => mask(height / by, width / by));
    const features = channels.map((count, i) =>
      image([2, height / sizes[i]!, width / sizes[i]!, count], i)
    );
    const cin = channels.reduce((a, b) => a + b, 0);
    const weights = toTensor(formulaTensor([kernel, kernel, cin, cout], { phase: 5, scale: 0.3 }));
    const run = (...x: tf.Tensor[]) => {
      const groups = masks.map((validMask, i): PartialConvGroup => ({
        features: x[i] as tf.Tensor4D,
        validMask,
        ...(sizes[i] === 2 ? { upsample: 2 } : {}),
      }));
      const [w, bias] = x.slice(groups.length) as [tf.Tensor4D, tf.Tensor1D];
      return partialConv2d(groups, { kernel: w, bias, stride });
    };
    const inputs = [...features, weights, vector(cout, 6)];
    return {
      ...withGradients((...x) => run(...x).features, inputs),
      validMask: run(...inputs).validMask,
    };
  }, TOLERANCE);
}

parityTest("batchNormTraining()", () => {
  const normalise = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
    batchNormTraining(x as tf.Tensor4D, {
      gamma: gamma as tf.Tensor1D,
      beta: beta as tf.Tensor1D,
    });
  const inputs = [image([2, 33, 21, 20]), vector(20, 1, 1), vector(20, 2)] as const;
  const { statistics } = normalise(...inputs);
  const gradients = withGradients((x, gamma, beta) => {
    const { output, statistics } = normalise(x!, gamma!, beta!);
    tf.dispose([statistics.mean, statistics.variance]);
    return output;
  }, [...inputs]);
  return { ...gradients, ...statistics };
}, TOLERANCE);

parityTest("batchNormStored()", () => {
  const statistics = { mean: vector(20, 3), variance: vector(20, 4, 1) };
  return withGradients(
    (x, gamma, beta) =>
      batchNormStored(x!, {
        gamma: gamma as unknown as tf.Tensor1D,
        beta: beta as unknown as tf.Tensor1D,
      }, statistics),
    [image([2, 33, 21, 20]), vector(20, 1, 1), vector(20, 2)],
  );
}, TOLERANCE);

for (const activation of ["relu", "leaky_relu"] as const) {
  parityTest(
    `activate() with ${activation}`,
    () => withGradients((x) => activate(x!, activation), [image([2, 17, 19, 5])]),
    TOLERANCE,
  );
}

parityTest(
  "absolute()",
  () => withGradients((x) => absolute(x!), [image([2, 17, 19, 5])]),
  TOLERANCE,
);

parityTest(
  "upsampleNearest()",
  () => withGradients((x) => upsampleNearest(x!), [image([2, 17, 19, 5])]),
  TOLERANCE,
);

parityTest(
  "crop()",
  () =>
    withGradients((x) => crop(x!, { top: 3, left: 5, height: 11, width: 13 }), [
      image([2, 17, 19, 5]),
    ]),
  TOLERANCE,
);

parityTest(
  "upsampleBilinear()",
  () => withGradients((x) => upsampleBilinear(x!), [image([2, 17, 19, 3])]),
  TOLERANCE,
);

parityTest(
  "upsampledConv2d()",
  () =>
    withGradients((x, w) => upsampledConv2d(x!, w!), [
      image([2, 17, 19, 8]),
      image([3, 3, 8, 12], 1),
    ]),
  TOLERANCE,
);

parityTest("pyramidFill()", () => {
  const levels = pyramidFill({ features: image([2, 45, 70, 3]), validMask: mask(45, 70) });
  return Object.fromEntries(levels.map((level, i) => [`level ${i}`, level]));
}, TOLERANCE);

parityTest("composite()", () => ({
  image: composite(image([2, 33, 40, 3]), image([2, 33, 40, 3], 1), mask(33, 40)),
}), TOLERANCE);

parityTest("channelSums()", () => ({ sums: channelSums(image([2, 45, 70, 12])) }), TOLERANCE);

parityTest("blocks", () => ({
  back: blocksToSpace(image([2, 18, 21, 20]), 2),
}), TOLERANCE);
