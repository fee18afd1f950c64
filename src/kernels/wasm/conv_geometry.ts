/**
 * Geometry of a convolution.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Sizes of a rank 4 tensor. */
export type Shape4D = [number, number, number, number];
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

/** Sizes in pixels. */
export interface ConvGeometry {
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly cin: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly cout: number;
  /** Same in both directions. */
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
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
  const [n, height, width, cin] = inputShape;
  const [kernelHeight, kernelWidth, , cout] = kernelShape;
  return {
    n,
    height,
    width,
    cin,
    kernelHeight,
    kernelWidth,
    cout,
    stride: info.strideHeight,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
  };
}
