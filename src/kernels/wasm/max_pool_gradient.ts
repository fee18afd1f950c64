/**
 * Gradient of 2x2 max pooling for tfjs's WebAssembly backend, whose own kernel is a naive loop.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { WasmKernel } from "./replace_kernel.ts";

/**
 * `MaxPoolGrad` for windows of 2x2, stride 2, without padding, channels a multiple of 4; other calls are left. The gradient
 * goes to the first of the largest numbers of a window, as in PyTorch.
 */
export const maxPoolGradient: WasmKernel = ({ inputs, attrs, workspace }) => {
  const [dy, input] = [inputs["dy"]!, inputs["input"]!];
  const { filterSize, strides, pad, dimRoundingMode } = attrs as {
    filterSize: number | [number, number];
    strides: number | [number, number];
    pad: "valid" | "same" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  const shape = input.shape as [number, number, number, number];
  const info = tf.backend_util
    .computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const { top, left, bottom, right } = info.padInfo;
  const [n, height, width, channels] = shape;
  const isPlain = [info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth]
    .every((side) => side === 2) && top + left + bottom + right === 0;
  if (!isPlain || channels % 4 !== 0 || input.dtype !== "float32") return undefined;
  const dx = workspace.makeOutput(shape);
  const [from, target, slopes] = [input, dx, dy].map(workspace.addressOf) as [
    ...[number, number, number],
  ];
  const { outHeight: rows, outWidth: columns } = info;
  const [pixel, line] = [4 * channels, 4 * channels * width];
  if (2 * rows !== height || 2 * columns !== width) {
    workspace.bytes().fill(0, target, target + n * height * line);
  }
  for (let row = 0; row < n * rows; row++) {
    const offset = (Math.floor(row / rows) * height + 2 * (row % rows)) * line;
    workspace.kernels.maxPoolGradient(
      from + offset,
      target + offset,
      slopes + row * columns * pixel,
      columns,
      pixel,
      line,
    );
  }
  return dx;
};
