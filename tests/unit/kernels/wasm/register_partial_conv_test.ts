import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { FUSED_KERNELS, hasFusedKernels } from "../../../../src/ops/fused_partial_conv.ts";
import { partialConv2d } from "../../../../src/ops/partial_conv.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../../../support/formula_tensor.ts";

/** Output, grown mask and gradients of three groups, one of them doubled. */
function run() {
  return evaluate(() => {
    const features = [[2, 4, 4, 5], [2, 8, 8, 3], [2, 8, 8, 1]].map((shape, i) =>
      toTensor<tf.Tensor4D>(formulaTensor(shape, { phase: i }))
    );
    const masks = [4, 8, 8].map((side, i) =>
      toTensor<tf.Tensor4D>(formulaMask(["speckle", i === 0 ? "empty" : "block"], side, side))
    );
    const kernel = toTensor(formulaTensor([3, 3, 9, 4], { phase: 3 }));
    const bias = toTensor(formulaTensor([4], { phase: 4 }));
    const convolve = (kernel: tf.Tensor, bias: tf.Tensor, ...x: tf.Tensor[]) =>
      partialConv2d(
        x.map((features, i) => ({
          features: features as tf.Tensor4D,
          validMask: masks[i]!,
          upsample: i === 0 ? 2 : 1,
        })),
        { kernel: kernel as tf.Tensor4D, bias: bias as tf.Tensor1D },
      );
    const { features: output, validMask } = convolve(kernel, bias, ...features);
    const dy = toTensor(formulaTensor(output.shape, { phase: 5 }));
    const gradients = tf.grads((kernel, bias, ...x) => convolve(kernel!, bias!, ...x).features)(
      [kernel, bias, ...features],
      dy,
    );
    return {
      output,
      validMask,
      kernel: gradients[0]!,
      bias: gradients[1]!,
      doubled: gradients[2]!,
      plain: gradients[3]!,
    };
  });
}

cpuTest("the fused kernels are used, and equal the composed operation", async () => {
  const forward = tf.getKernel(FUSED_KERNELS.forward, "wasm")!;
  const names: string[] = [];
  const stock = Object.values(FUSED_KERNELS).map((name) => tf.getKernel(name, "wasm")!);
  for (const config of stock) {
    tf.unregisterKernel(config.kernelName, "wasm");
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => {
        names.push(config.kernelName);
        return config.kernelFunc(call);
      },
    });
  }
  const fused = await run();
  // Two forward passes, and in the backward one a gradient for kernel, bias and each of three groups.
  const count = (name: string) => names.filter((each) => each === name).length;
  assert.deepEqual(
    Object.values(FUSED_KERNELS).map(count),
    [2, 2, 3, 1, 1],
  );
  for (const config of stock) {
    tf.unregisterKernel(config.kernelName, "wasm");
    tf.registerKernel(config);
  }
  tf.unregisterKernel(FUSED_KERNELS.forward, "wasm");
  try {
    assert.equal(hasFusedKernels(), false);
    const composed = await run();
    assertAllClose(fused.validMask, composed.validMask, EXACT, "validMask");
    for (const name of ["output", "kernel", "bias", "doubled", "plain"] as const) {
      assertAllClose(fused[name], composed[name], { rtol: 1e-6, atol: 2e-6 }, name);
    }
  } finally {
    tf.registerKernel(forward);
  }
});

cpuTest("the gradient of a mask is 0: masks are constants", async () => {
  const { gradient } = await evaluate(() => {
    const features = toTensor<tf.Tensor4D>(formulaTensor([1, 4, 4, 2]));
    const kernel = toTensor<tf.Tensor4D>(formulaTensor([3, 3, 2, 2], { phase: 1 }));
    const mask = toTensor<tf.Tensor4D>(formulaMask(["speckle"], 4, 4));
    const output = (validMask: tf.Tensor) =>
      partialConv2d([{ features, validMask: validMask as tf.Tensor4D }], { kernel }).features;
    return { gradient: tf.grad(output)(mask) };
  });
  assertAllClose(gradient, { shape: [1, 4, 4, 1], data: new Array(16).fill(0) }, EXACT);
});
