/**
 * Filter gradient of a convolution for tfjs's WebAssembly backend, which has none.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ConvGeometry, ontoCanvas } from "./conv_geometry.ts";

/**
 * Computes `dW[i,j,ci,co] = Σ_{n,y,x} input[n, s·y+i-p, s·x+j-p, ci] · dy[n,y,x,co]` as a convolution.
 *
 * The sum over batch and output pixels is itself a convolution: input channels become the batch, the
 * batch becomes the channels, and `dy` becomes a filter as large as the output, dilated by the stride.
 * Matrix products, tap by tap, were measured too and were slower on this backend.
 *
 * @param input `[n, h, w, cin]`.
 * @param dy `[n, h', w', cout]`.
 * @param kernelShape `[kh, kw, cin, cout]`.
 * @returns `[kh, kw, cin, cout]`, owned by the caller's scope.
 */
export function conv2dFilterGradient(
  input: tf.Tensor4D,
  dy: tf.Tensor4D,
  kernelShape: readonly [number, number, number, number],
  geometry: ConvGeometry,
): tf.Tensor4D {
  const { stride, padTop, padLeft, outHeight, outWidth } = geometry;
  // The correlation must give exactly kh x kw positions: rows that the forward pass never reached are
  // cut off, missing ones are padding.
  const readHeight = (outHeight - 1) * stride + kernelShape[0];
  const readWidth = (outWidth - 1) * stride + kernelShape[1];
  return tf.tidy(() => {
    const read = ontoCanvas(input, [padTop, padLeft], [readHeight, readWidth]);
    const channelsAsBatch = tf.transpose(read, [3, 1, 2, 0]); // [cin, h, w, n]
    const dyAsFilter = tf.transpose(dy, [1, 2, 0, 3]); // [h', w', n, cout]
    const correlation = tf.conv2d(
      channelsAsBatch,
      dyAsFilter,
      1,
      "valid",
      "NHWC",
      stride,
    ); // [cin, kh, kw, cout]
    return tf.transpose(correlation, [1, 2, 0, 3]);
  });
}
