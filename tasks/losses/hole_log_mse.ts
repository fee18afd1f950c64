/**
 * The hole's PSNR as a loss.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { carefulSum } from "../../src/ops/careful_sum.ts";
import type { Loss } from "../../src/task/types.ts";

/** Added to the mean squared error, rgb01²: errors below 1/100 are good enough. */
const FLOOR = 1e-4;

/**
 * `L = mean over images of ln(MSE + 1e-4)`, where MSE is the mean of `(output - target)²` over the image's hole.
 *
 * It is the PSNR over hole pixels up to sign and scale (`-10/ln 10`), so every image counts the same whatever its
 * hole and difficulty. Not in the paper, whose L1 terms follow large and hard holes.
 */
export function holeLogMse(): Loss {
  return {
    name: "hole-log-mse",
    needsFeatures: false,
    compute: ({ output, target, validMask }) => {
      const holeMask = tf.sub(1, validMask);
      const squares = tf.mul(tf.square(tf.sub(output, target)), holeMask);
      const values = tf.mul(carefulSum(holeMask, 1), target.shape[3]);
      // An image without a hole has no error: its squares are 0 too.
      const means = tf.div(carefulSum(squares, 1), tf.maximum(values, 1));
      return tf.mean(tf.log(tf.add(means, FLOOR))) as tf.Scalar;
    },
  };
}
