/**
 * The L1 loss on the known pixels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { absolute } from "../../src/ops/absolute.ts";
import { carefulSum } from "../../src/ops/careful_sum.ts";
import type { Loss } from "../../src/task/types.ts";

/**
 * `L_valid = ‖M ⊙ (output - target)‖₁ / N`, where N counts all elements of the image. The mean over the batch.
 *
 * Source: Liu et al. 2018, section 3.3.
 */
export function valid(): Loss {
  return {
    name: "valid",
    needsFeatures: false,
    compute: ({ output, target, validMask }) => {
      const difference = tf.mul(tf.sub(output, target), validMask);
      return tf.div(carefulSum(absolute(difference), 0), target.size);
    },
  };
}
