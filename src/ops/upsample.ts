/**
 * Nearest-neighbour doubling.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Doubles height and width; each pixel becomes a 2x2 block.
 *
 * @param image `[n, h, w, c]`, float32.
 * @returns `[n, 2h, 2w, c]`; the caller's scope owns it. Differentiable: the gradient of a pixel is the sum
 * over its block.
 *
 * Differs: tfjs's gradient of `resizeNearestNeighbor` is wrong on the wasm backend, so it is not used.
 */
export function upsampleNearest(image: tf.Tensor4D): tf.Tensor4D {
  const double = tf.customGrad((x: tf.Tensor | tf.GradSaveFunc) => {
    const source = x as tf.Tensor4D;
    const [, height, width] = source.shape;
    return {
      value: tf.image.resizeNearestNeighbor(source, [2 * height, 2 * width]),
      gradFunc: (dy: tf.Tensor) => tf.mul(tf.avgPool(dy as tf.Tensor4D, 2, 2, "valid"), 4),
    };
  });
  return double(image) as tf.Tensor4D;
}
