/**
 * Convolutions for the tests of our kernels: sides odd and even, strides 1 to 3, every kind of padding, images that the
 * stride does not divide, channels that fill no block.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ConvGeometry, readConvGeometry } from "../../../../src/kernels/wasm/conv_geometry.ts";
import { referenceConvolution } from "../../../oracle/reference/convolution.ts";
import type { Values } from "../../../support/assert_all_close.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

type Shape4D = [number, number, number, number];
type Pad = "same" | "valid" | number | [[0, 0], [number, number], [number, number], [0, 0]];

/** One convolution with its numbers. */
export interface ConvCase {
  readonly name: string;
  readonly image: Values;
  readonly kernel: Values;
  readonly dy: Values;
  readonly stride: number;
  readonly pad: Pad;
  readonly geometry: ConvGeometry;
  /** In float64. */
  readonly expected: ReturnType<typeof referenceConvolution>;
}

const CASES: readonly (readonly [image: Shape4D, kernel: Shape4D, stride: number, pad: Pad])[] = [
  [[2, 5, 7, 3], [3, 3, 3, 2], 1, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[2, 6, 9, 2], [5, 5, 2, 3], 2, [[0, 0], [2, 2], [2, 2], [0, 0]]],
  [[1, 7, 8, 1], [7, 7, 1, 2], 2, [[0, 0], [3, 3], [3, 3], [0, 0]]],
  [[2, 4, 5, 2], [1, 1, 2, 3], 1, "valid"],
  [[2, 5, 5, 2], [1, 1, 2, 3], 2, "same"],
  [[1, 6, 7, 2], [4, 2, 2, 2], 2, "same"],
  [[1, 9, 8, 2], [3, 5, 2, 1], 3, "valid"],
  [[2, 8, 7, 1], [3, 3, 1, 2], 3, 1],
  [[1, 5, 4, 2], [2, 2, 2, 8], 1, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[1, 5, 6, 2], [3, 3, 2, 2], 2, [[0, 0], [2, 0], [0, 1], [0, 0]]],
  [[2, 37, 5, 2], [5, 3, 2, 2], 2, [[0, 0], [2, 2], [1, 1], [0, 0]]],
  [[1, 50, 3, 1], [3, 3, 1, 2], 1, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[20, 3, 4, 1], [3, 3, 1, 2], 1, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  // Blocks of 8 channels, whole and cut; runs of windows with every rest.
  [[3, 5, 4, 4], [3, 3, 4, 16], 1, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[1, 6, 7, 16], [3, 3, 16, 5], 2, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[2, 4, 6, 5], [1, 1, 5, 16], 1, "valid"],
  [[1, 9, 7, 3], [7, 7, 3, 4], 1, [[0, 0], [3, 3], [3, 3], [0, 0]]],
  [[2, 3, 3, 5], [5, 5, 5, 11], 1, [[0, 0], [0, 4], [3, 1], [0, 0]]],
  // More pixels than one stretch of the list holds, and a row that is longer than one.
  [[1, 20, 21, 1], [3, 3, 1, 9], 1, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[1, 2, 790, 1], [1, 3, 1, 3], 1, [[0, 0], [0, 0], [1, 1], [0, 0]]],
];

/** All cases; needs no backend. */
export function convCases(): ConvCase[] {
  return CASES.map(([imageShape, kernelShape, stride, pad]) => {
    const geometry = readConvGeometry(imageShape, kernelShape, { strides: stride, pad });
    const { padTop, padLeft, outHeight, outWidth } = geometry;
    const image = formulaTensor(imageShape);
    const kernel = formulaTensor(kernelShape, { phase: 1 });
    const dy = formulaTensor([imageShape[0], outHeight, outWidth, kernelShape[3]], { phase: 2 });
    return {
      name: `${imageShape.join("x")} by ${kernelShape.join("x")}, stride ${stride}, pad ${
        JSON.stringify(pad)
      }`,
      image,
      kernel,
      dy,
      stride,
      pad,
      geometry,
      expected: referenceConvolution({ image, kernel, stride, padTop, padLeft, dy }),
    };
  });
}

/** Convolves on the active backend. */
export function convolve({ stride, pad }: ConvCase, x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  return tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad);
}
