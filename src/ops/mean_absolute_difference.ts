/**
 * The L1 distance that the losses share.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { absolute } from "./absolute.ts";
import { carefulSum } from "./careful_sum.ts";

/**
 * `‖a - b‖₁ / N`, where N counts all elements of `a`, those of the whole batch included.
 *
 * @param a Any shape.
 * @param b The same shape.
 * @returns A scalar that the caller's scope owns; its gradient is 0 where `a = b`.
 */
export function meanAbsoluteDifference(a: tf.Tensor, b: tf.Tensor): tf.Scalar {
  return tf.div(carefulSum(absolute(tf.sub(a, b)), 0), a.size);
}
