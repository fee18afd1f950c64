/**
 * Puts the fused partial convolution and its gradients into tfjs's WebAssembly backend.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  FUSED_KERNELS,
  type FusedAttributes,
  type RatioAttributes,
  readFusedCall,
  registerFusedGradients,
} from "../../ops/fused_partial_conv.ts";
import {
  type GroupConv,
  groupConvBiasGradient,
  groupConvFilterGradient,
  groupConvForward,
  groupConvInputGradient,
  groupConvOutput,
} from "./group_conv.ts";
import { windowRatio } from "./window_ratio.ts";
import { replaceKernel, type WasmKernel } from "./replace_kernel.ts";
import type { Workspace } from "./workspace.ts";

/** Registers the kernels and their gradients. */
export function registerPartialConv(): void {
  registerFusedGradients();
  replaceKernel(FUSED_KERNELS.ratio, makeRatio);
  replaceKernel(FUSED_KERNELS.forward, ({ inputs, attrs, workspace, take }) => {
    const { conv, call } = readConv(Object.values(inputs), attrs, workspace);
    const out = workspace.makeOutput([conv.n, ...groupConvOutput(conv), conv.cout]);
    groupConvForward(workspace, take, conv, {
      output: workspace.addressOf(out),
      bias: call.bias === undefined ? undefined : workspace.addressOf(call.bias),
    });
    return out;
  });
  replaceKernel(FUSED_KERNELS.inputGradient, ({ inputs, attrs, workspace, take }) => {
    const [dy, ...rest] = Object.values(inputs);
    const { conv, call } = readConv(rest, attrs, workspace);
    const index = (attrs as unknown as FusedAttributes).index!;
    const dx = workspace.makeOutput(call.features[index]!.shape);
    groupConvInputGradient(workspace, take, conv, {
      index,
      dy: workspace.addressOf(dy!),
      dx: workspace.addressOf(dx),
    });
    return dx;
  });
  replaceKernel(FUSED_KERNELS.filterGradient, ({ inputs, attrs, workspace, take }) => {
    const [dy, ...rest] = Object.values(inputs);
    const { conv, call } = readConv(rest, attrs, workspace);
    const dw = workspace.makeOutput(call.kernel.shape);
    groupConvFilterGradient(workspace, take, conv, {
      dy: workspace.addressOf(dy!),
      dw: workspace.addressOf(dw),
    });
    return dw;
  });
  replaceKernel(FUSED_KERNELS.biasGradient, ({ inputs, attrs, workspace, take }) => {
    const [dy, ...rest] = Object.values(inputs);
    const { conv } = readConv(rest, attrs, workspace);
    const db = workspace.makeOutput([conv.cout]);
    groupConvBiasGradient(workspace, take, conv, {
      dy: workspace.addressOf(dy!),
      db: workspace.addressOf(db),
    });
    return db;
  });
}

const makeRatio: WasmKernel = ({ inputs, attrs, workspace, take }) => {
  const masks = Object.values(inputs);
  const { stride, upsamples, channels, kernelSize } = attrs as unknown as RatioAttributes;
  const [n, rows, columns] = masks[0]!.shape as [number, number, number];
  const [height, width] = [rows * upsamples[0]!, columns * upsamples[0]!];
  const shape = [n, Math.ceil(height / stride), Math.ceil(width / stride), 1];
  const [ratio, validMask] = [workspace.makeOutput(shape), workspace.makeOutput(shape)] as const;
  windowRatio(workspace, take, {
    groups: masks.map((mask, i) => ({
      mask: workspace.addressOf(mask),
      channels: channels[i]!,
      upsample: upsamples[i]! as 1 | 2,
    })),
    ...{ n, height, width, kernelSize, stride },
    ratio: workspace.addressOf(ratio),
    validMask: workspace.addressOf(validMask),
  });
  return [ratio, validMask];
};

function readConv(inputs: readonly tf.TensorInfo[], attrs: unknown, workspace: Workspace) {
  const attributes = attrs as FusedAttributes;
  const call = readFusedCall(inputs, attributes);
  const address = (tensor: tf.TensorInfo | undefined) =>
    tensor === undefined ? undefined : workspace.addressOf(tensor);
  const [kernelHeight, kernelWidth, kernelChannels, cout] = call.kernel.shape as [
    ...[number, number, number, number],
  ];
  const first = call.features[0]!.shape as [number, number, number, number];
  const conv: GroupConv = {
    groups: call.features.map((features, i) => ({
      features: workspace.addressOf(features),
      mask: address(call.masks[i]),
      channels: features.shape[3]!,
      upsample: attributes.upsamples[i]! as 1 | 2,
    })),
    kernel: workspace.addressOf(call.kernel),
    kernelSize: [kernelHeight, kernelWidth],
    kernelChannels,
    cout,
    stride: attributes.stride,
    n: first[0],
    height: first[1] * attributes.upsamples[0]!,
    width: first[2] * attributes.upsamples[0]!,
    ratio: address(call.ratio),
    validMask: address(call.validMask),
  };
  return { conv, call };
}
