/**
 * Peak signal-to-noise ratio.
 * @module
 */
import { meanOverValues, type PixelMetricOptions } from "./mean_over_values.ts";

/**
 * Computes `10 · log10(255² / MSE)` of one image, MSE over pixels and channels.
 *
 * @param actual rgb255, `[h·w·3]` interleaved.
 * @param expected rgb255 of the same size.
 * @returns Decibels, 0 or more; Infinity if the images are equal; NaN if the mask has no hole pixel.
 * @throws {RangeError} If the sizes of images or mask do not agree.
 *
 * Source: the usual definition; equals skimage.metrics.peak_signal_noise_ratio with data_range=255.
 * Differs: torchmetrics and LBAM average the MSE over several images before the logarithm.
 */
export function psnr(
  actual: Uint8Array,
  expected: Uint8Array,
  options: PixelMetricOptions = {},
): number {
  const meanSquare = meanOverValues(actual, expected, (value) => value * value, options);
  return 10 * Math.log10(255 * 255 / meanSquare);
}
