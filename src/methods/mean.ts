/**
 * Filling with one colour: the floor that every method must beat.
 * @module
 */
import type { FillMethod } from "./types.ts";

/** Fills holes with the mean colour of the picture's known pixels, rounded to a byte by channel. */
export function mean(): FillMethod {
  return {
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
        const colour = Math.round(sum / known);
        for (let i = 0; i < holeMask.length; i++) if (holeMask[i] === 1) result[i * 3 + c] = colour;
      }
      return Promise.resolve(result);
    },
  };
}
