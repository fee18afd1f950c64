/**
 * Puts a network's output into the hole.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * `composite = validMask · known + (1 - validMask) · output`: output in the hole, the known pixels elsewhere.
 *
 * @param output `[n, h, w, c]`.
 * @param known `[n, h, w, c]`, finite everywhere.
 * @param validMask `[n, h, w, 1]`, exactly 0 or 1; so known pixels come out exactly.
 * @returns `[n, h, w, c]`; the caller's scope owns it.
 */
export function composite(
  output: tf.Tensor4D,
  known: tf.Tensor4D,
  validMask: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() =>
    tf.add(tf.mul(known, validMask), tf.mul(output, tf.sub(1, validMask))) as tf.Tensor4D
  );
}
