/**
 * The untrained fill that the `lite` networks correct, as a method of its own.
 * @module
 */
import { ArrayPool } from "../engine/plan/array_pool.ts";
import { pyramidPlanes } from "../engine/plan/pyramid_planes.ts";
import { keepKnown } from "./keep_known.ts";
import { toByte } from "./to_byte.ts";
import type { FillMethod } from "./types.ts";

/**
 * Fills holes with a pyramid of partial convolutions with fixed weights, over the whole picture at once: what a
 * network over this base starts from, so the difference to it is what training adds.
 */
export function pyramid(): FillMethod {
  // Used again from picture to picture: fresh memory costs more than the fill.
  const pool = new ArrayPool();
  return {
    name: "pyramid",
    // deno-lint-ignore require-await
    async fill(image) {
      const { width, height, rgb255, holeMask } = image;
      const rgb = Float32Array.from(rgb255, (value) => value / 255);
      const validMask = holeMask.map((hole) => 1 - hole);
      pool.recycle();
      const [filled] = pyramidPlanes({ width, height, rgb, validMask }, pool);
      return keepKnown(image, Uint8Array.from(filled!, toByte));
    },
  };
}
