/**
 * Registers with tfjs's WebAssembly backend the convolution gradients that it lacks or does slowly.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import { readConvGeometry } from "./conv_geometry.ts";

type Shape4D = [number, number, number, number];

let isRegistered = false;

/** Registers the gradient kernels once; later calls do nothing. Call it before any gradient on wasm. */
export function registerWasmKernels(): void {
  if (isRegistered) return;
  isRegistered = true;
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const input = inputs["x"] as tf.Tensor4D;
      const kernelShape = (attrs as unknown as { filterShape: Shape4D }).filterShape;
      const geometry = readConvGeometry(input.shape, kernelShape, attrs);
      return conv2dFilterGradient(input, inputs["dy"] as tf.Tensor4D, kernelShape, geometry);
    },
  });
  // tfjs warns when a kernel is replaced, so the naive one is taken out first.
  tf.unregisterKernel("Conv2DBackpropInput", "wasm");
  tf.registerKernel({
    kernelName: "Conv2DBackpropInput",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const kernel = inputs["filter"] as tf.Tensor4D;
      const inputShape = (attrs as unknown as { inputShape: Shape4D }).inputShape;
      const geometry = readConvGeometry(inputShape, kernel.shape, attrs);
      return conv2dInputGradient(inputs["dy"] as tf.Tensor4D, kernel, inputShape, geometry);
    },
  });
}
