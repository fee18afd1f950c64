/**
 * Puts our own kernels into tfjs's WebAssembly backend: convolutions and their gradients, and what else training spends
 * time in.
 * @module
 */
import { ADAM_KERNEL } from "../../ops/adam_step.ts";
import { runAdam } from "./adam_step.ts";
import { multiplyMatrices } from "./batch_mat_mul.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dForward, type ForwardPass, kernelView } from "./conv2d_forward.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import { readConvGeometry, type Shape4D } from "./conv_geometry.ts";
import { maxPoolGradient } from "./max_pool_gradient.ts";
import { registerPartialConv } from "./register_partial_conv.ts";
import { replaceKernel, type WasmKernel } from "./replace_kernel.ts";
import { suitsWinograd, winogradForward } from "./winograd_convolution.ts";

let isRegistered = false;

/** Registers the kernels once; later calls do nothing. Call it before any gradient on wasm. */
export function registerWasmKernels(): void {
  if (isRegistered) return;
  isRegistered = true;
  replaceKernel("Conv2D", convolve);
  replaceKernel("FusedConv2D", convolve);
  replaceKernel("Conv2DBackpropFilter", convolveBackToFilter);
  replaceKernel("Conv2DBackpropInput", convolveBackToInput);
  replaceKernel("BatchMatMul", multiplyMatrices);
  replaceKernel("MaxPoolGrad", maxPoolGradient);
  replaceKernel("Identity", shareMemory);
  replaceKernel(ADAM_KERNEL, runAdam);
  registerPartialConv();
}

/** Slopes below zero of the activations that are done in the same pass. */
const SLOPES: Readonly<Record<string, number>> = { linear: 1, relu: 0 };

const convolve: WasmKernel = ({ inputs, attrs, workspace, take }) => {
  const [x, filter, bias] = [inputs["x"]!, inputs["filter"]!, inputs["bias"]];
  const { strides, dilations = 1, activation = "linear" } = attrs as {
    strides: number | [number, number];
    dilations?: number | [number, number];
    activation?: string;
  };
  const isSquare = typeof strides === "number" || strides[0] === strides[1];
  const isDilated = [dilations].flat().some((dilation) => dilation !== 1);
  const slope = SLOPES[activation];
  if (!isSquare || isDilated || slope === undefined) return undefined;
  const geometry = readConvGeometry(x.shape as Shape4D, filter.shape as Shape4D, attrs);
  const { n, outHeight, outWidth, cin, cout } = geometry;
  const out = workspace.makeOutput([n, outHeight, outWidth, cout]);
  const pass: ForwardPass = {
    input: workspace.addressOf(x),
    kernel: kernelView(workspace.addressOf(filter), { kernelChannels: cin, cout }),
    output: workspace.addressOf(out),
    bias: bias === undefined ? undefined : workspace.addressOf(bias),
    slope,
  };
  const run = suitsWinograd(geometry, pass) ? winogradForward : conv2dForward;
  run(workspace, take, geometry, pass);
  return out;
};

const convolveBackToFilter: WasmKernel = ({ inputs, attrs, workspace, take }) => {
  const [x, dy] = [inputs["x"]!, inputs["dy"]!];
  const shape = attrs["filterShape"] as Shape4D;
  const geometry = readConvGeometry(x.shape as Shape4D, shape, attrs);
  const dw = workspace.makeOutput(shape);
  conv2dFilterGradient(workspace, take, geometry, {
    input: workspace.addressOf(x),
    dy: workspace.addressOf(dy),
    dw: workspace.addressOf(dw),
  });
  return dw;
};

const convolveBackToInput: WasmKernel = ({ inputs, attrs, workspace, take }) => {
  const [dy, filter] = [inputs["dy"]!, inputs["filter"]!];
  const shape = attrs["inputShape"] as Shape4D;
  const geometry = readConvGeometry(shape, filter.shape as Shape4D, attrs);
  const { cin, cout } = geometry;
  const dx = workspace.makeOutput(shape);
  conv2dInputGradient(workspace, take, geometry, {
    dy: workspace.addressOf(dy),
    kernel: kernelView(workspace.addressOf(filter), { kernelChannels: cin, cout }),
    dx: workspace.addressOf(dx),
  });
  return dx;
};

/** tfjs's own copies every number, though it counts the users of a memory, as for `reshape`. */
const shareMemory: WasmKernel = ({ inputs, workspace }) => {
  const { dataId, shape, dtype } = inputs["x"]!;
  if (dtype === "string") return undefined;
  workspace.share(dataId);
  return { dataId, shape, dtype };
};
