/**
 * Structural similarity of every window of two planes.
 * @module
 */

/** Side of a window in pixels, below which a plane has none. */
export const SSIM_WINDOW = 11;

/** Pixels between a window's centre and its rim. */
export const SSIM_RADIUS = (SSIM_WINDOW - 1) / 2;

/** Options of {@linkcode ssimMap}. */
export interface SsimMapOptions {
  /** Values per row. */
  readonly width: number;
  /** Levels between the darkest and the brightest value, `L` of the constants. @default 255 */
  readonly range?: number;
}

const SIGMA = 1.5;

/**
 * Computes `(2·μa·μb + C1)(2·σab + C2) / ((μa² + μb² + C1)(σa² + σb² + C2))` of every whole window, with Gaussian weights
 * (11 taps, σ 1.5), population variances, `C1 = (0.01·range)²`, `C2 = (0.03·range)²`. Equal planes give exactly 1.
 *
 * @param a Row-major, any number of rows of at least 11.
 * @param b As many values.
 * @returns `[(h - 10)·(w - 10)]`.
 *
 * Source: Wang et al. 2004, equation 13 and section III.C.
 */
export function ssimMap(
  a: Float64Array,
  b: Float64Array,
  { width, range = 255 }: SsimMapOptions,
): Float64Array {
  const c1 = (0.01 * range) ** 2;
  const c2 = (0.03 * range) ** 2;
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
    return (2 * muA * muB + c1) * (2 * covariance + c2) /
      ((muA * muA + muB * muB + c1) * (varianceA + varianceB + c2));
  });
}

/** Gaussian weights, sum 1. */
const WEIGHTS = gaussian();

/** Samples the Gaussian at the taps and normalises it. */
function gaussian(): Float64Array {
  const raw = Float64Array.from(
    { length: SSIM_WINDOW },
    (_, i) => Math.exp(-((i - SSIM_RADIUS) ** 2) / (2 * SIGMA * SIGMA)),
  );
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}

/** Gaussian average of every whole window: rows first, then columns. */
function blur(values: Float64Array, width: number): Float64Array {
  const height = values.length / width;
  const outWidth = width - SSIM_WINDOW + 1;
  const rows = new Float64Array(outWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let tap = 0; tap < SSIM_WINDOW; tap++) {
        sum += WEIGHTS[tap]! * values[y * width + x + tap]!;
      }
      rows[y * outWidth + x] = sum;
    }
  }
  const out = new Float64Array(outWidth * (height - SSIM_WINDOW + 1));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let tap = 0; tap < SSIM_WINDOW; tap++) sum += WEIGHTS[tap]! * rows[i + tap * outWidth]!;
    out[i] = sum;
  }
  return out;
}
