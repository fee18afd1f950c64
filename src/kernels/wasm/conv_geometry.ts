/**
 * Geometry of a convolution's gradient, seen as a convolution of stride 1 over blocks.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { crop, padTo } from "../../ops/crop.ts";

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
 * Moves every image of a batch onto a canvas: pads with zeros where the canvas is larger, cuts where not.
 *
 * @param image `[n, h, w, c]`.
 * @param at Row and column of the image's first pixel on the canvas; may be negative.
 * @param size Height and width of the canvas.
 * @returns `[n, size[0], size[1], c]`.
 */
export function ontoCanvas(
  image: tf.Tensor4D,
  at: readonly [number, number],
  size: readonly [number, number],
): tf.Tensor4D {
  const [, rows, columns] = image.shape;
  const [top, left] = [Math.max(0, -at[0]), Math.max(0, -at[1])];
  const height = Math.min(rows - top, size[0] - Math.max(0, at[0]));
  const width = Math.min(columns - left, size[1] - Math.max(0, at[1]));
  const cut = height === rows && width === columns
    ? image
    : crop(image, { top, left, height, width });
  return padTo(cut, {
    top: Math.max(0, at[0]),
    left: Math.max(0, at[1]),
    height: size[0],
    width: size[1],
  });
}
