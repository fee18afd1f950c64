/**
 * The two activations of the network.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Name of an activation in a network's config. */
export type Activation = "relu" | "leaky_relu" | "none";

/** Slope of `leaky_relu` below zero; Table 2 of the paper. */
export const LEAKY_SLOPE = 0.2;

/**
 * `relu(x) = max(x, 0)`, `leaky_relu(x) = x > 0 ? x : 0.2·x`; `none` hands `x` back.
 *
 * @returns Same shape as `x`; differentiable, with gradient 0 (or the slope) at 0.
 */
export function activate(x: tf.Tensor4D, activation: Activation): tf.Tensor4D {
  if (activation === "none") return x;
  if (activation === "relu") return tf.relu(x);
  const leaky = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const image = args[0] as tf.Tensor4D;
    // 1 above zero, the slope elsewhere: value and gradient are one product each.
    const slopes = tf.step(image, LEAKY_SLOPE);
    (args[1] as tf.GradSaveFunc)([slopes]);
    return {
      value: tf.mul(image, slopes),
      gradFunc: (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) =>
        tf.mul(dy as tf.Tensor, saved[0]!),
    };
  });
  return leaky(x) as tf.Tensor4D;
}
