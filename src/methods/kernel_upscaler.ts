/**
 * Enlarging by a formula: what a network is compared with.
 * @module
 */
import { enlarge } from "../data/enlarge.ts";
import type { ResampleKernel } from "../data/resample.ts";
import type { Upscaler } from "./upscaler.ts";

/**
 * Makes the upscaler of a kernel; it fills no holes.
 *
 * Source: `resample()`, which tells the formulas.
 */
export function kernelUpscaler(kernel: ResampleKernel): Upscaler {
  return {
    name: kernel,
    async upscale({ width, height, rgb255, holeMask }, { scale, signal }) {
      if (holeMask?.includes(1)) {
        throw new RangeError(
          `Cannot enlarge by "${kernel}": the picture has holes, must have none`,
        );
      }
      const large = await enlarge({ width, height, data: rgb255 }, { scale, kernel, signal });
      return { width: width * scale, height: height * scale, rgb255: large };
    },
  };
}
