/**
 * Total variation around the hole.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { absolute } from "../../src/ops/absolute.ts";
import { carefulSum } from "../../src/ops/careful_sum.ts";
import type { Loss } from "../../src/task/types.ts";

/**
 * `L_tv = Σ |I(i,j+1) - I(i,j)| / N + Σ |I(i+1,j) - I(i,j)| / N` on the composite, over pairs of pixels that
 * *both* lie in R, the hole dilated by one pixel (3x3). N counts all elements of the image.
 *
 * Source: Liu et al. 2018, equation 6.
 * Differs: PConv-Keras takes differences of `R·I`, which is not 0 on a constant image.
 */
export function totalVariation(): Loss {
  return {
    name: "total-variation",
    needsFeatures: false,
    compute: ({ composite, validMask }) => {
      const region = tf.maxPool(tf.sub(1, validMask) as tf.Tensor4D, 3, 1, "same");
      const along = (axis: 1 | 2) => {
        // A single row or column has no pairs, and tfjs's sum over nothing is not 0 on wasm.
        if (composite.shape[axis] === 1) return tf.scalar(0);
        const differences = absolute(tf.sub(dropFirst(composite, axis), dropLast(composite, axis)));
        const inRegion = tf.mul(dropFirst(region, axis), dropLast(region, axis));
        return carefulSum(tf.mul(differences, inRegion), 0);
      };
      return tf.div(tf.add(along(1), along(2)), composite.size);
    },
  };
}

function dropFirst(x: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D {
  const begin: [number, number, number, number] = [0, 0, 0, 0];
  begin[axis] = 1;
  return tf.slice(x, begin);
}

function dropLast(x: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D {
  const size = [...x.shape] as [number, number, number, number];
  size[axis] -= 1;
  return tf.slice(x, [0, 0, 0, 0], size);
}
