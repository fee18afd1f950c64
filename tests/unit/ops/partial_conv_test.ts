import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  partialConv2d,
  type PartialConvGroup,
  type PartialConvOptions,
} from "../../../src/ops/partial_conv.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../../support/formula_tensor.ts";

// Values and gradients are compared with PyTorch in tests/oracle/partial_conv_test.ts.

type Shape4D = [number, number, number, number];

const ones = (...shape: Shape4D): tf.Tensor4D => tf.ones(shape);

for (
  const { kernel, stride, corner, edge } of [
    // The ratios at the border that NVIDIA/partialconv issue 16 names, and those of a 7x7 window.
    { kernel: 3, stride: 1, corner: 2.25, edge: 1.5 },
    { kernel: 7, stride: 2, corner: 3.0625, edge: 1.75 },
  ] as const
) {
  forEachBackend(
    `partialConv2d() counts the outside of an image as hole: ${kernel}x${kernel}`,
    async () => {
      const { features } = await evaluate(() => {
        const group = { features: ones(1, 14, 14, 1), validMask: ones(1, 14, 14, 1) };
        // A kernel that looks at the middle alone shows the ratio itself.
        const middle = tf.pad(ones(1, 1, 1, 1), [
          ...new Array(2).fill([(kernel - 1) / 2, (kernel - 1) / 2]),
          [0, 0],
          [0, 0],
        ]) as tf.Tensor4D;
        return { features: partialConv2d([group], { kernel: middle, stride }).features };
      });
      const width = features.shape[2]!;
      const near = (index: number, expected: number) =>
        assert.ok(Math.abs(features.data[index]! - expected) < 1e-6, `${features.data[index]}`);
      near(0, corner);
      near(4, edge);
      near(4 * width, edge);
      near(4 * width + 4, 1);
    },
  );
}

forEachBackend(
  "partialConv2d() neither scales the bias nor puts it into what stays hole",
  async () => {
    const result = await evaluate(() => ({
      ...partialConv2d([{
        features: toTensor({ shape: [1, 1, 4, 1], data: [5, 7, 7, 7] }),
        validMask: toTensor({ shape: [1, 1, 4, 1], data: [1, 0, 0, 0] }),
      }], {
        kernel: toTensor({ shape: [1, 3, 1, 1], data: [1, 1, 1] }),
        bias: toTensor({ shape: [1], data: [10] }),
      }),
    }));
    // By hand: windows of one known pixel, 5 · 3/1 + 10, then windows of none.
    assertAllClose(result.features, { shape: [1, 1, 4, 1], data: [25, 25, 0, 0] }, EXACT);
    assertAllClose(result.validMask, { shape: [1, 1, 4, 1], data: [1, 1, 0, 0] }, EXACT);
  },
);

cpuTest("partialConv2d() has the gradient that differences show", async () => {
  const [first, second] = [formulaMask(["speckle"], 5, 4), formulaMask(["block"], 5, 4)];
  await checkGradient((a, b, kernel, bias) =>
    partialConv2d([
      { features: a as tf.Tensor4D, validMask: toTensor(first) },
      { features: b as tf.Tensor4D, validMask: toTensor(second) },
    ], { kernel: kernel as tf.Tensor4D, bias: bias as tf.Tensor1D, stride: 2 }).features, [
    formulaTensor([1, 5, 4, 2]),
    formulaTensor([1, 5, 4, 1], { phase: 1 }),
    formulaTensor([3, 3, 3, 2], { phase: 2 }),
    formulaTensor([2], { phase: 3 }),
  ]);
});

forEachBackend(
  "partialConv2d() of an all-hole image has gradients that are 0 and finite",
  async () => {
    const { dx, dw, db } = await evaluate(() => {
      const validMask = tf.zeros([1, 4, 4, 1]) as tf.Tensor4D;
      const gradients = tf.grads((x, kernel, bias) =>
        partialConv2d([{ features: x as tf.Tensor4D, validMask }], {
          kernel: kernel as tf.Tensor4D,
          bias: bias as tf.Tensor1D,
        }).features
      )([ones(1, 4, 4, 2), ones(3, 3, 2, 2), tf.ones([2])]);
      return { dx: gradients[0]!, dw: gradients[1]!, db: gradients[2]! };
    });
    for (const { data } of [dx, dw, db]) assert.ok(Array.from(data).every((value) => value === 0));
  },
);

interface Refusal {
  readonly groups: (() => PartialConvGroup)[];
  readonly options: () => PartialConvOptions;
  readonly message: string;
}

const group =
  (size: [number, number], channels: number, upsample?: 1 | 2) => (): PartialConvGroup => ({
    features: ones(1, ...size, channels),
    validMask: ones(1, ...size, 1),
    ...(upsample === undefined ? {} : { upsample }),
  });
const kernel = (...shape: Shape4D) => () => ({ kernel: ones(...shape) });

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "an even kernel": {
    groups: [group([4, 4], 2)],
    options: kernel(3, 2, 2, 1),
    message: "kernel is [3, 2, 2, 1], height and width must be odd",
  },
  "a stride that is not 1 or 2": {
    groups: [group([4, 4], 2)],
    options: () => ({ kernel: ones(3, 3, 2, 1), stride: 3 as 2 }),
    message: "stride is 3, must be 1 or 2",
  },
  "no groups": {
    groups: [],
    options: kernel(3, 3, 2, 1),
    message: "there are no groups, must be at least one",
  },
  "a mask of another size": {
    groups: [() => ({ features: ones(1, 4, 4, 2), validMask: ones(1, 4, 5, 1) })],
    options: kernel(3, 3, 2, 1),
    message: "validMask of group 0 is [1, 4, 5, 1], must be [1, 4, 4, 1]",
  },
  "a mask with several channels": {
    groups: [() => ({ features: ones(1, 4, 4, 2), validMask: ones(1, 4, 4, 2) })],
    options: kernel(3, 3, 2, 1),
    message: "validMask of group 0 is [1, 4, 4, 2], must be [1, 4, 4, 1]",
  },
  "groups of different sizes": {
    groups: [group([4, 4], 1), group([4, 6], 1)],
    options: kernel(3, 3, 2, 1),
    message: "size of group 1 is [1, 4, 6], must be [1, 4, 4]",
  },
  "groups that differ once they are doubled": {
    groups: [group([4, 4], 1, 2), group([4, 4], 1)],
    options: kernel(3, 3, 2, 1),
    message: "size of group 1 is [1, 4, 4], must be [1, 8, 8]",
  },
  "doubling under a kernel that is not 3x3": {
    groups: [group([4, 4], 2, 2)],
    options: kernel(5, 5, 2, 1),
    message:
      "group 0 has upsample 2 with stride 1 and kernel 5x5, must be 2 with stride 1 and kernel 3x3",
  },
  "doubling with stride 2": {
    groups: [group([4, 4], 2, 2)],
    options: () => ({ kernel: ones(3, 3, 2, 1), stride: 2 }),
    message:
      "group 0 has upsample 2 with stride 2 and kernel 3x3, must be 2 with stride 1 and kernel 3x3",
  },
  "a factor other than 2": {
    groups: [() => ({ ...group([4, 4], 2)(), upsample: 3 as 2 })],
    options: kernel(3, 3, 2, 1),
    message:
      "group 0 has upsample 3 with stride 1 and kernel 3x3, must be 2 with stride 1 and kernel 3x3",
  },
  "channels that do not fit the kernel": {
    groups: [group([4, 4], 2), group([4, 4], 3)],
    options: kernel(3, 3, 4, 1),
    message: "kernel expects 4 input channels, groups have 5",
  },
  "a bias of another size": {
    groups: [group([4, 4], 2)],
    options: () => ({ kernel: ones(3, 3, 2, 3), bias: tf.ones([2]) as tf.Tensor1D }),
    message: "bias is [2], must be [3]",
  },
};

for (const [name, { groups, options, message }] of Object.entries(REFUSALS)) {
  cpuTest(`partialConv2d() refuses ${name}`, async () => {
    tf.tidy(() => {
      assert.throws(() => partialConv2d(groups.map((make) => make()), options()), {
        name: "RangeError",
        message: `Cannot run partialConv2d: ${message}`,
      });
    });
    await Promise.resolve();
  });
}
