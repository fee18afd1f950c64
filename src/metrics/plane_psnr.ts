/**
 * Peak signal-to-noise ratio of planes whose values are not rounded.
 * @module
 */

/**
 * Computes `10 · log10(255² / MSE)` of two planes.
 *
 * @param actual Levels, of any shape.
 * @param expected As many.
 * @returns Decibels; Infinity if the planes are equal.
 * @throws {RangeError} If the lengths differ or are 0.
 *
 * Source: XPixelGroup/BasicSR basicsr/metrics/psnr_ssim.py `calculate_psnr`: 255 is the peak of Y too, though Y of
 * studio range has 219 levels alone.
 */
export function planePsnr(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length || actual.length === 0) {
    throw new RangeError(
      `Cannot compare planes of ${actual.length} and ${expected.length} values, must be equally many`,
    );
  }
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (actual[i]! - expected[i]!) ** 2;
  return 10 * Math.log10(255 * 255 / (sum / actual.length));
}
