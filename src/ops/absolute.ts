/**
 * Absolute value with PyTorch's gradient.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * `|x|`, with gradient `sign(x)`, 0 at 0.
 *
 * @returns Same shape as `x`; the caller's scope owns it.
 *
 * Differs: tfjs's own gradient of `abs` at 0 is -1.
 */
export function absolute<T extends tf.Tensor>(x: T): T {
  const measure = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const value = args[0] as tf.Tensor;
    (args[1] as tf.GradSaveFunc)([value]);
    return {
      value: tf.abs(value),
      gradFunc: (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => {
        const sign = tf.sub(tf.step(saved[0]!), tf.step(tf.neg(saved[0]!)));
        return tf.mul(dy as tf.Tensor, sign);
      },
    };
  });
  return measure(x) as T;
}
