/**
 * The untrained fill that the `lite` networks correct, as a method of its own.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Backend } from "../backend/open_backend.ts";
import { pyramidFill } from "../ops/pyramid_fill.ts";
import { keepKnown } from "./keep_known.ts";
import { toByte } from "./pconv.ts";
import type { FillMethod } from "./types.ts";

/**
 * Fills holes with a pyramid of partial convolutions with fixed weights, over the whole picture at once: what a
 * network over this base starts from, so the difference to it is what training adds.
 */
export function pyramid({ backend }: { readonly backend: Backend }): FillMethod {
  return {
    name: "pyramid",
    async fill(image) {
      const { width, height, rgb255, holeMask } = image;
      const filled = tf.tidy(() =>
        pyramidFill({
          features: tf.div(tf.tensor4d(rgb255, [1, height, width, 3], "float32"), 255),
          validMask: tf.sub(1, tf.tensor4d(holeMask, [1, height, width, 1], "float32")),
        })[0]!
      );
      const rgb01 = await filled.data() as Float32Array;
      filled.dispose();
      backend.assertHealthy();
      return keepKnown(image, Uint8Array.from(rgb01, toByte));
    },
  };
}
