/**
 * Channel correlation of a feature map.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * `G = FᵀF / (c·h·w)` of each image, with F the features as `(h·w) x c`.
 *
 * It does not change when pixels change places: it tells which features occur together, not where.
 *
 * @param features `[n, h, w, c]`.
 * @returns `[n, c, c]`, symmetric; the caller's scope owns it. Differentiable.
 *
 * Source: Liu et al. 2018, equations 4 and 5, where K = 1/(C·H·W).
 */
export function gramMatrix(features: tf.Tensor4D): tf.Tensor3D {
  const [n, height, width, channels] = features.shape;
  return tf.tidy(() => {
    const flat = tf.reshape(features, [n, height * width, channels]);
    // Scaled before the product: its sums would leave the range of half floats.
    const scaled = tf.div(flat, channels * height * width);
    return tf.matMul(scaled, flat, true, false) as tf.Tensor3D;
  });
}
