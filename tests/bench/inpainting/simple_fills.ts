/**
 * Fills without training, to see what the network adds.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { DamagedImage, FillMethod } from "../../../src/methods/types.ts";
import { pyramidFill } from "../../../src/ops/pyramid_fill.ts";

/** The mean colour of the known pixels, per image: the floor of the table. */
export const meanColour: FillMethod = {
  name: "mean",
  fill({ rgb255, holeMask }) {
    const result = new Uint8Array(rgb255);
    for (let c = 0; c < 3; c++) {
      let [sum, known] = [0, 0];
      for (let i = 0; i < holeMask.length; i++) {
        if (holeMask[i] === 1) continue;
        sum += rgb255[i * 3 + c]!;
        known++;
      }
      const mean = Math.round(sum / known);
      for (let i = 0; i < holeMask.length; i++) if (holeMask[i] === 1) result[i * 3 + c] = mean;
    }
    return Promise.resolve(result);
  },
};

/** The network's untrained base alone, over the whole image. */
export const baseFill: FillMethod = {
  name: "base",
  async fill({ width, height, rgb255, holeMask }: DamagedImage) {
    const filled = tf.tidy(() =>
      pyramidFill({
        features: tf.div(tf.tensor4d(rgb255, [1, height, width, 3], "float32"), 255),
        validMask: tf.sub(1, tf.tensor4d(holeMask, [1, height, width, 1], "float32")),
      })[0]!
    );
    const values = await filled.data();
    filled.dispose();
    const result = new Uint8Array(rgb255);
    for (let i = 0; i < result.length; i++) {
      if (holeMask[Math.floor(i / 3)] === 1) result[i] = Math.round(255 * values[i]!);
    }
    return result;
  },
};
