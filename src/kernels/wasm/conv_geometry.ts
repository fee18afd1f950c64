/**
 * Geometry of a convolution's gradient, seen as a convolution of stride 1 over blocks.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

type Shape4D = [number, number, number, number];
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

/** Sizes in pixels unless said otherwise. */
export interface ConvGeometry {
  /** Same in both directions. */
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
  /** Kernel size in blocks of `stride x stride` pixels. */
  readonly blockRows: number;
  readonly blockColumns: number;
  /** Size of the padded input that the forward pass reads, a multiple of the stride. */
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/**
 * Reads the geometry from a tfjs kernel's attributes.
 *
 * @param inputShape `[n, h, w, cin]`.
 * @param kernelShape `[kh, kw, cin, cout]`.
 * @throws {RangeError} If the strides differ.
 */
export function readConvGeometry(
  inputShape: Shape4D,
  kernelShape: Shape4D,
  attrs: unknown,
): ConvGeometry {
  const { strides, pad, dimRoundingMode } = attrs as {
    strides: number | [number, number];
    pad: Pad;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    kernelShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  if (info.strideHeight !== info.strideWidth) {
    throw new RangeError(
      `Cannot differentiate conv2d: strides are ${info.strideHeight} and ${info.strideWidth}, must be equal`,
    );
  }
  const stride = info.strideHeight;
  const blockRows = Math.ceil(kernelShape[0] / stride);
  const blockColumns = Math.ceil(kernelShape[1] / stride);
  return {
    stride,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
    blockRows,
    blockColumns,
    paddedHeight: stride * (info.outHeight + blockRows - 1),
    paddedWidth: stride * (info.outWidth + blockColumns - 1),
    outHeight: info.outHeight,
    outWidth: info.outWidth,
  };
}

/**
 * Pads at the end, or cuts there where `after` is negative.
 *
 * @param x Rank 4; the first and last axis stay as they are for images, the last two for kernels.
 * @param axes The two spatial axes.
 */
export function padOrCut(
  x: tf.Tensor4D,
  axes: readonly [number, number],
  before: readonly [number, number],
  size: readonly [number, number],
): tf.Tensor4D {
  const begin = [0, 0, 0, 0];
  const length = [...x.shape] as Shape4D;
  const pads: [number, number][] = [[0, 0], [0, 0], [0, 0], [0, 0]];
  axes.forEach((axis, i) => {
    const after = size[i]! - x.shape[axis]! - before[i]!;
    begin[axis] = Math.max(0, -before[i]!);
    length[axis] = x.shape[axis]! + Math.min(0, after) - begin[axis]!;
    pads[axis] = [Math.max(0, before[i]!), Math.max(0, after)];
  });
  const cut = length.every((size, axis) => size === x.shape[axis]) ? x : tf.slice(x, begin, length);
  return pads.every(([a, b]) => a === 0 && b === 0)
    ? cut
    : tf.pad(cut, pads as [number, number][]) as tf.Tensor4D;
}
