import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { checkGroups, explicitPad, groupConv2d } from "../../../src/ops/group_conv.ts";
import { referenceConcat, referenceDouble } from "../../oracle/reference/channels.ts";
import { referenceConvolution } from "../../oracle/reference/convolution.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

// Refusals are tested through partialConv2d(), in partial_conv_test.ts.

// Measured on both backends: 7.2e-6 absolute for the kernel's gradient, sums of 84 products, else 1.4e-6.
const TOLERANCE = { rtol: 1e-6, atol: 2e-6 };

for (const stride of [1, 2] as const) {
  forEachBackend(
    `groupConv2d() is the convolution of the concatenation, stride ${stride}, gradients too`,
    async () => {
      const first = formulaTensor([2, 6, 7, 2], { phase: 1 });
      const second = formulaTensor([2, 6, 7, 1], { phase: 2 });
      const kernel = formulaTensor([5, 3, 3, 2], { phase: 3 });
      const bias = formulaTensor([2], { phase: 4 });
      const dy = formulaTensor([2, Math.ceil(6 / stride), Math.ceil(7 / stride), 2], { phase: 5 });
      const expected = referenceConvolution({
        image: referenceConcat([first, second]),
        kernel,
        stride,
        padTop: 2,
        padLeft: 1,
        dy,
      });
      const result = await evaluate(() => {
        const run = (...[a, b, kernel, bias]: tf.Tensor[]) =>
          groupConv2d([{ features: a as tf.Tensor4D }, { features: b as tf.Tensor4D }], {
            kernel: kernel as tf.Tensor4D,
            bias: bias as tf.Tensor1D,
            stride,
          });
        const inputs = [first, second, kernel, bias].map((input) => toTensor(input));
        const [da, db, dw, dbias] = tf.grads(run)(inputs, toTensor(dy));
        const dx = tf.concat([da!, db!], 3);
        return { output: run(...inputs), dx, dw: dw!, dbias: dbias! };
      });
      const shifted = Array.from(expected.output.data, (value, i) => value + bias.data[i % 2]!);
      assertAllClose(result.output, { shape: dy.shape, data: shifted }, TOLERANCE, "output");
      assertAllClose(result.dx, expected.dx, TOLERANCE, "dx");
      assertAllClose(result.dw, expected.dw, TOLERANCE, "dw");
      const sums = [0, 1].map((c) =>
        Array.from(dy.data).reduce((sum, value, i) => i % 2 === c ? sum + value : sum, 0)
      );
      assertAllClose(result.dbias, { shape: [2], data: sums }, TOLERANCE, "dbias");
    },
  );
}

cpuTest("groupConv2d() doubles a group before it is convolved", async () => {
  const small = formulaTensor([1, 3, 4, 2], { phase: 1 });
  const skip = formulaTensor([1, 6, 8, 1], { phase: 2 });
  const kernel = formulaTensor([3, 3, 3, 2], { phase: 3 });
  const { output } = await evaluate(() => ({
    output: groupConv2d(
      [{ features: toTensor(small), upsample: 2 }, { features: toTensor(skip) }],
      { kernel: toTensor(kernel) },
    ),
  }));
  const { output: expected } = referenceConvolution({
    image: referenceConcat([referenceDouble(small), skip]),
    kernel,
    stride: 1,
    padTop: 1,
    padLeft: 1,
    dy: { shape: [1, 6, 8, 2], data: new Float32Array(96) },
  });
  assertAllClose(output, expected, TOLERANCE);
});

cpuTest("explicitPad() is half the kernel on every side", async () => {
  tf.tidy(() => {
    const kernel = tf.ones([7, 3, 2, 4]) as tf.Tensor4D;
    assert.deepEqual(explicitPad(kernel), [[0, 0], [3, 3], [1, 1], [0, 0]]);
  });
  await Promise.resolve();
});

cpuTest("checkGroups() names the action", async () => {
  tf.tidy(() => {
    const kernel = tf.ones([3, 3, 2, 1]) as tf.Tensor4D;
    assert.throws(() => checkGroups("try this", [], { kernel }), {
      name: "RangeError",
      message: "Cannot try this: there are no groups, must be at least one",
    });
    const features = tf.ones([1, 4, 4, 3]) as tf.Tensor4D;
    assert.throws(() => groupConv2d([{ features }], { kernel }), {
      name: "RangeError",
      message: "Cannot run groupConv2d: kernel expects 2 input channels, groups have 3",
    });
  });
  await Promise.resolve();
});
