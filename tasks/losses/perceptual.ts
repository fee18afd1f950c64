/**
 * Distance between feature maps.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { meanAbsoluteDifference } from "../../src/ops/mean_absolute_difference.ts";
import type { Loss } from "../../src/task/types.ts";

/**
 * `L_perceptual = Σ_p ‖Ψ_p(output) - Ψ_p(target)‖₁ / N_p + Σ_p ‖Ψ_p(composite) - Ψ_p(target)‖₁ / N_p`, where Ψ_p
 * are pool1, pool2 and pool3 of VGG-16 and N_p counts the elements of Ψ_p. The mean over the batch.
 *
 * Source: Liu et al. 2018, equation 3.
 */
export function perceptual(): Loss {
  return {
    name: "perceptual",
    needsFeatures: true,
    compute: ({ features }) => {
      const distances = (["output", "composite"] as const).flatMap((of) => {
        const target = features("target");
        return features(of).map((map, p) => meanAbsoluteDifference(map, target[p]!));
      });
      return tf.addN(distances);
    },
  };
}
