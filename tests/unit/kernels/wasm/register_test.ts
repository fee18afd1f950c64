import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerWasmKernels } from "../../../../src/kernels/wasm/register.ts";
import { assertAllClose, type Values } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../../support/for_each_backend.ts";
import { convCases, convolve } from "./conv_cases.ts";

// The stock WebGPU kernels are under test too: they are what the network runs on there.
for (const convolution of convCases()) {
  forEachBackend(`tf.grads() of conv2d equals naive loops: ${convolution.name}`, async () => {
    const { image, kernel, dy, expected } = convolution;
    const result: Record<"output" | "dx" | "dw", Values> = await evaluate(() => {
      const [x, w] = [toTensor(image), toTensor(kernel)];
      const [dx, dw] = tf.grads((x, w) => convolve(convolution, x!, w!))([x, w], toTensor(dy));
      return { output: convolve(convolution, x, w), dx: dx!, dw: dw! };
    });
    for (const key of ["output", "dx", "dw"] as const) {
      assertAllClose(result[key], expected[key], { rtol: 1e-5, atol: 3e-6 }, key);
    }
  });
}

cpuTest("registerWasmKernels() can be called again without effect", async () => {
  const kernel = tf.getKernel("Conv2DBackpropInput", "wasm");
  registerWasmKernels();
  assert.equal(tf.getKernel("Conv2DBackpropInput", "wasm"), kernel);
  await Promise.resolve();
});
