/**
 * Input gradient of a convolution for tfjs's WebAssembly backend, composed of its fast convolution:
 * the stock kernel is a naive loop about ten times slower.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { blocksToSpace, kernelToBlocks } from "../../ops/blocks.ts";
import { padTo } from "../../ops/crop.ts";
import { type ConvGeometry, ontoCanvas } from "./conv_geometry.ts";

/**
 * Computes `dX[n,y,x,ci] = Σ dy[n,(y+p-i)/s,(x+p-j)/s,co] · W[i,j,ci,co]` over all taps that divide: a
 * convolution of `dy` with the turned kernel, on blocks of `s x s` pixels.
 *
 * @param dy `[n, h', w', cout]`.
 * @param kernel `[kh, kw, cin, cout]`.
 * @param inputShape `[n, h, w, cin]`.
 * @returns `[n, h, w, cin]`, owned by the caller's scope.
 */
export function conv2dInputGradient(
  dy: tf.Tensor4D,
  kernel: tf.Tensor4D,
  inputShape: readonly [number, number, number, number],
  geometry: ConvGeometry,
): tf.Tensor4D {
  const { stride, blockRows, blockColumns, padTop, padLeft } = geometry;
  const [, height, width] = inputShape;
  return tf.tidy(() => {
    const turned = turnKernel(kernelToBlocks(padKernel(kernel, geometry), stride));
    const blocks = tf.conv2d(dy, turned, 1, [
      [0, 0],
      [blockRows - 1, blockRows - 1],
      [blockColumns - 1, blockColumns - 1],
      [0, 0],
    ]);
    const padded = blocksToSpace(blocks, stride);
    return ontoCanvas(padded, [-padTop, -padLeft], [height, width]);
  });
}

/** Adds zero taps at the end, so that the kernel is a whole number of blocks. */
function padKernel(
  kernel: tf.Tensor4D,
  { stride, blockRows, blockColumns }: ConvGeometry,
): tf.Tensor4D {
  const [rows, columns, cin, cout] = kernel.shape;
  const [height, width] = [stride * blockRows, stride * blockColumns];
  const taps = tf.reshape(kernel, [1, rows, columns, cin * cout]) as tf.Tensor4D;
  return tf.reshape(padTo(taps, { top: 0, left: 0, height, width }), [height, width, cin, cout]);
}

/**
 * Turns a kernel by 180 degrees and swaps its channels: `[kh, kw, cin, cout]` to `[kh, kw, cout, cin]`.
 * Written with slices because this backend's `reverse` is slow.
 */
function turnKernel(kernel: tf.Tensor4D): tf.Tensor4D {
  const [rows, columns, cin, cout] = kernel.shape;
  const taps = tf.reshape(kernel, [rows * columns, cin, cout]);
  const reversed: tf.Tensor[] = [];
  for (let tap = rows * columns - 1; tap >= 0; tap--) {
    reversed.push(tf.slice(taps, [tap, 0, 0], [1, cin, cout]));
  }
  const stacked = reversed.length === 1 ? reversed[0]! : tf.concat(reversed, 0);
  return tf.reshape(tf.transpose(stacked, [0, 2, 1]), [rows, columns, cout, cin]);
}
