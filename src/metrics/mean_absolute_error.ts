/**
 * The l1 error of the paper's tables.
 * @module
 */
import { meanOverValues, type PixelMetricOptions } from "./mean_over_values.ts";

/**
 * Computes `100 · mean |actual - expected| / 255`, in percent of the full range.
 *
 * @param actual rgb255, `[h·w·3]` interleaved.
 * @param expected rgb255 of the same size.
 * @returns Percent in `[0, 100]`; NaN if the mask has no hole pixel.
 * @throws {RangeError} If the sizes of images or mask do not agree.
 *
 * Source: Liu et al. 2018, "l1 (%)" of the table of results; the paper does not state the range of pixels.
 * Differs: mmagic counts hole pixels only; edge-connect divides by `sum |a + b|`.
 */
export function meanAbsoluteError(
  actual: Uint8Array,
  expected: Uint8Array,
  options: PixelMetricOptions = {},
): number {
  return 100 * meanOverValues(actual, expected, Math.abs, options) / 255;
}
