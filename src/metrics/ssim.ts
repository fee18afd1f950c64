/**
 * Structural similarity.
 * @module
 */
import { checkSizes, type PixelMetricOptions } from "./mean_over_values.ts";

/** Options of {@linkcode ssim}. */
export interface SsimOptions extends PixelMetricOptions {
  /** Pixels per row. */
  width: number;
  /** Number of rows. */
  height: number;
}

const TAPS = 11;
const RADIUS = (TAPS - 1) / 2;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

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
  if (width < TAPS || height < TAPS) {
    throw new RangeError(
      `Cannot compute SSIM: image is ${width}x${height}, must be at least ${TAPS}x${TAPS}`,
    );
  }
  let [sum, count, holeSum, holeCount] = [0, 0, 0, 0];
  const mapWidth = width - TAPS + 1;
  for (let channel = 0; channel < 3; channel++) {
    const map = ssimMap(plane(actual, channel), plane(expected, channel), width);
    for (let i = 0; i < map.length; i++) {
      sum += map[i]!;
      count++;
      const x = i % mapWidth + RADIUS;
      const y = Math.floor(i / mapWidth) + RADIUS;
      if (holeMask === undefined || holeMask[y * width + x] === 0) continue;
      holeSum += map[i]!;
      holeCount++;
    }
  }
  return { whole: sum / count, hole: holeSum / holeCount };
}

/** SSIM of every whole window of one channel, `[(h - 10)·(w - 10)]`. */
function ssimMap(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const meanA = blur(a, width);
  const meanB = blur(b, width);
  const squareA = blur(a.map((value) => value * value), width);
  const squareB = blur(b.map((value) => value * value), width);
  const product = blur(a.map((value, i) => value * b[i]!), width);
  return meanA.map((muA, i) => {
    const muB = meanB[i]!;
    const varianceA = squareA[i]! - muA * muA;
    const varianceB = squareB[i]! - muB * muB;
    const covariance = product[i]! - muA * muB;
    return (2 * muA * muB + C1) * (2 * covariance + C2) /
      ((muA * muA + muB * muB + C1) * (varianceA + varianceB + C2));
  });
}

/** Gaussian weights, sum 1. */
const WEIGHTS = gaussian();

/** Samples the Gaussian at the taps and normalises it. */
function gaussian(): Float64Array {
  const raw = Float64Array.from(
    { length: TAPS },
    (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA * SIGMA)),
  );
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}

/** Gaussian average of every whole window: rows first, then columns. */
function blur(values: Float64Array, width: number): Float64Array {
  const height = values.length / width;
  const outWidth = width - TAPS + 1;
  const outHeight = height - TAPS + 1;
  const rows = new Float64Array(outWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += WEIGHTS[tap]! * values[y * width + x + tap]!;
      rows[y * outWidth + x] = sum;
    }
  }
  const out = new Float64Array(outWidth * outHeight);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += WEIGHTS[tap]! * rows[i + tap * outWidth]!;
    out[i] = sum;
  }
  return out;
}

/** One channel of an interleaved image, `[h·w]`. */
function plane(rgb255: Uint8Array, channel: number): Float64Array {
  return Float64Array.from({ length: rgb255.length / 3 }, (_, i) => rgb255[3 * i + channel]!);
}
