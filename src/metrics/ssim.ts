/**
 * Structural similarity.
 * @module
 */
import { checkSizes, type PixelMetricOptions } from "./mean_over_values.ts";
import { SSIM_RADIUS, SSIM_WINDOW, ssimMap } from "./ssim_map.ts";

/** Options of {@linkcode ssim}. */
export interface SsimOptions extends PixelMetricOptions {
  /** Pixels per row. */
  width: number;
  /** Number of rows. */
  height: number;
}

/**
 * Computes the mean structural similarity of two images over all whole windows and the three channels.
 *
 * Per window and channel
 * `(2·μa·μb + C1)(2·σab + C2) / ((μa² + μb² + C1)(σa² + σb² + C2))` with Gaussian weights (11 taps, σ 1.5),
 * population variances, `C1 = (0.01·255)²`, `C2 = (0.03·255)²`. With a `holeMask` only windows whose centre
 * is a hole pixel count.
 *
 * @param actual rgb255, `[h·w·3]` interleaved.
 * @param expected rgb255 of the same size.
 * @returns At most 1, which means equal; NaN if no window counts.
 * @throws {RangeError} If a side is below 11 pixels, or the sizes of images or mask do not agree.
 *
 * Source: Wang et al. 2004, equation 13 and section III.C; equals
 * skimage.metrics.structural_similarity(channel_axis=-1, gaussian_weights=True, sigma=1.5,
 * use_sample_covariance=False, data_range=255).
 * Differs: LaMa counts windows that reach over the rim, padded with zeros; skimage's defaults are a uniform
 * 7 by 7 window and sample variances; edge-connect compares grey images.
 */
export function ssim(actual: Uint8Array, expected: Uint8Array, options: SsimOptions): number {
  const { whole, hole } = ssimViews(actual, expected, options);
  return options.holeMask === undefined ? whole : hole;
}

/** Two means over the windows of one comparison. */
export interface SsimViews {
  /** Over all whole windows. */
  readonly whole: number;
  /** Over windows whose centre is a hole pixel; NaN if there is none, or no mask was given. */
  readonly hole: number;
}

/**
 * Computes {@linkcode ssim} over all windows and over those of the hole at once.
 *
 * @throws {RangeError} As {@linkcode ssim}.
 */
export function ssimViews(
  actual: Uint8Array,
  expected: Uint8Array,
  options: SsimOptions,
): SsimViews {
  const { width, height, holeMask } = options;
  checkSizes(actual, expected, holeMask);
  if (width * height * 3 !== actual.length) {
    throw new RangeError(
      `Cannot compute SSIM: image has ${actual.length / 3} pixels, must have ${width}x${height}`,
    );
  }
  if (width < SSIM_WINDOW || height < SSIM_WINDOW) {
    throw new RangeError(
      `Cannot compute SSIM: image is ${width}x${height}, must be at least ${SSIM_WINDOW}x${SSIM_WINDOW}`,
    );
  }
  let [sum, count, holeSum, holeCount] = [0, 0, 0, 0];
  const mapWidth = width - SSIM_WINDOW + 1;
  for (let channel = 0; channel < 3; channel++) {
    const map = ssimMap(plane(actual, channel), plane(expected, channel), { width });
    for (let i = 0; i < map.length; i++) {
      sum += map[i]!;
      count++;
      const x = i % mapWidth + SSIM_RADIUS;
      const y = Math.floor(i / mapWidth) + SSIM_RADIUS;
      if (holeMask === undefined || holeMask[y * width + x] === 0) continue;
      holeSum += map[i]!;
      holeCount++;
    }
  }
  return { whole: sum / count, hole: holeSum / holeCount };
}

/** One channel of an interleaved image, `[h·w]`. */
function plane(rgb255: Uint8Array, channel: number): Float64Array {
  return Float64Array.from({ length: rgb255.length / 3 }, (_, i) => rgb255[3 * i + channel]!);
}
