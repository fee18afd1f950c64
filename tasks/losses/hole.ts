/**
 * The L1 loss in the hole.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { absolute } from "../../src/ops/absolute.ts";
import { carefulSum } from "../../src/ops/careful_sum.ts";
import type { Loss } from "../../src/task/types.ts";

/**
 * `L_hole = ‖(1 - M) ⊙ (output - target)‖₁ / N`, where N counts *all* elements of the image, not those of the
 * hole. The mean over the batch.
 *
 * Source: Liu et al. 2018, section 3.3; NVIDIA/partialconv issue 9 for "size-averaged over the image".
 * Differs: mmagic divides by the hole's pixels.
 */
export function hole(): Loss {
  return {
    name: "hole",
    needsFeatures: false,
    compute: ({ output, target, validMask }) => {
      const difference = tf.mul(tf.sub(output, target), tf.sub(1, validMask));
      return tf.div(carefulSum(absolute(difference), 0), target.size);
    },
  };
}
