/**
 * Space to depth and back, as one rank-4 transpose: tfjs's own wasm kernel is twenty times slower.
 *
 * A convolution of stride `s` over an image is a convolution of stride 1 over its `s x s` blocks, with
 * the kernel cut into blocks the same way. Both gradients of a strided convolution rest on that.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** `[n, s·h, s·w, c]` to `[n, h, w, s·s·c]`; channels are ordered (row in block, column in block, c). */
export function spaceToBlocks(image: tf.Tensor4D, size: number): tf.Tensor4D {
  if (size === 1) return image;
  const [n, height, width, channels] = image.shape;
  const [rows, columns] = [height / size, width / size];
  const split = tf.reshape(image, [n * rows, size, columns, size * channels]);
  return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [
    n,
    rows,
    columns,
    size * size * channels,
  ]);
}

/** Inverse of {@linkcode spaceToBlocks}: `[n, h, w, s·s·c]` to `[n, s·h, s·w, c]`. */
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

/** Kernel `[s·kh, s·kw, cin, cout]` to `[kh, kw, s·s·cin, cout]`, matching {@linkcode spaceToBlocks}. */
export function kernelToBlocks(kernel: tf.Tensor4D, size: number): tf.Tensor4D {
  if (size === 1) return kernel;
  const [height, width, cin, cout] = kernel.shape;
  const [rows, columns] = [height / size, width / size];
  const split = tf.reshape(kernel, [rows, size, columns, size * cin * cout]);
  return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [rows, columns, size * size * cin, cout]);
}
