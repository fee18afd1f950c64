/**
 * Structural similarity of planes whose values are not rounded.
 * @module
 */
import { SSIM_WINDOW, ssimMap } from "./ssim_map.ts";

/** Size of both planes of {@linkcode planeSsim}. */
export interface PlaneSsimOptions {
  /** Values per row. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
}

/**
 * Computes the mean structural similarity of two planes over all whole windows: Gaussian weights (11 taps, σ 1.5),
 * population variances, `C1 = (0.01·255)²`, `C2 = (0.03·255)²`.
 *
 * @param actual Levels, `[h·w]`.
 * @param expected As many.
 * @returns At most 1, which means equal.
 * @throws {RangeError} If the sizes do not agree, or a side is below 11.
 *
 * Source: Wang et al. 2004, equation 13 and section III.C; XPixelGroup/BasicSR basicsr/metrics/psnr_ssim.py `_ssim`.
 * Differs: `ssim()` of ssim.ts takes bytes and means over three channels.
 */
export function planeSsim(
  actual: Float64Array,
  expected: Float64Array,
  { width, height }: PlaneSsimOptions,
): number {
  if (actual.length !== width * height || expected.length !== width * height) {
    throw new RangeError(
      `Cannot compute SSIM: planes have ${actual.length} and ${expected.length} values, ` +
        `must have ${width}x${height}`,
    );
  }
  if (width < SSIM_WINDOW || height < SSIM_WINDOW) {
    throw new RangeError(
      `Cannot compute SSIM: plane is ${width}x${height}, must be at least ` +
        `${SSIM_WINDOW}x${SSIM_WINDOW}`,
    );
  }
  const map = ssimMap(actual, expected, { width });
  return map.reduce((sum, value) => sum + value, 0) / map.length;
}
