/**
 * Distance between channel correlations.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gramMatrix } from "../../src/ops/gram_matrix.ts";
import { meanAbsoluteDifference } from "../../src/ops/mean_absolute_difference.ts";
import type { Loss } from "../../src/task/types.ts";

/**
 * `L_style_out = Σ_p ‖G(Ψ_p(output)) - G(Ψ_p(target))‖₁ / C_p²`, where G is `gramMatrix`, already divided by
 * C·H·W once, and Ψ_p are pool1, pool2 and pool3 of VGG-16. The mean over the batch.
 *
 * Source: Liu et al. 2018, equation 4.
 */
export function styleOut(): Loss {
  return style("style-out", "output");
}

/**
 * {@linkcode styleOut} of the composite.
 *
 * Source: Liu et al. 2018, equation 5.
 */
export function styleComp(): Loss {
  return style("style-comp", "composite");
}

function style(name: string, of: "output" | "composite"): Loss {
  return {
    name,
    needsFeatures: true,
    compute: ({ features }) => {
      const target = features("target");
      return tf.addN(
        features(of).map((map, p) =>
          // C x C elements an image: their mean is the division by C².
          meanAbsoluteDifference(gramMatrix(map), gramMatrix(target[p]!))
        ),
      );
    },
  };
}
