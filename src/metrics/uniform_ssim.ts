/**
 * Structural similarity of grey images with a square window of equal weights.
 * @module
 */

/** Options of {@linkcode uniformSsim}. */
export interface UniformSsimOptions {
  /** Pixels per row. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /** Side of the window, pixels, odd. */
  readonly window: number;
  /** Distance between the darkest and the brightest value, `L` of the constants. */
  readonly range: number;
}

/**
 * Computes the mean structural similarity of two grey images over all whole windows.
 *
 * Per window `(2·μa·μb + C1)(2·σab + C2) / ((μa² + μb² + C1)(σa² + σb² + C2))` with equal weights, sample
 * variances (divisor `window² - 1`), `C1 = (0.01·range)²`, `C2 = (0.03·range)²`.
 *
 * @param actual `[h·w]`.
 * @param expected `[h·w]`.
 * @returns At most 1, which means equal.
 * @throws {RangeError} If the window is even, below 3 or larger than the image, or the sizes do not agree.
 *
 * Source: Wang et al. 2004, equation 13; equals skimage.metrics.structural_similarity(win_size=window,
 * data_range=range) with its other settings as they are, which leaves `(window - 1) / 2` pixels along the rim out.
 * Differs: `ssim()` of `ssim.ts` has Gaussian weights and population variances.
 */
export function uniformSsim(
  actual: Float32Array,
  expected: Float32Array,
  options: UniformSsimOptions,
): number {
  const { width, height, window, range } = options;
  checkWindow(actual, expected, options);
  const meanA = windowMeans(actual, width, window);
  const meanB = windowMeans(expected, width, window);
  const squareA = windowMeans(products(actual, actual), width, window);
  const squareB = windowMeans(products(expected, expected), width, window);
  const both = windowMeans(products(actual, expected), width, window);
  const c1 = (0.01 * range) ** 2;
  const c2 = (0.03 * range) ** 2;
  const toSample = window ** 2 / (window ** 2 - 1);
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const muA = meanA[i]!;
    const muB = meanB[i]!;
    const variances = toSample * (squareA[i]! - muA * muA + squareB[i]! - muB * muB);
    const covariance = toSample * (both[i]! - muA * muB);
    sum += (2 * muA * muB + c1) * (2 * covariance + c2) /
      ((muA * muA + muB * muB + c1) * (variances + c2));
  }
  return sum / ((width - window + 1) * (height - window + 1));
}

function checkWindow(
  actual: Float32Array,
  expected: Float32Array,
  { width, height, window }: UniformSsimOptions,
): void {
  if (actual.length !== width * height || expected.length !== width * height) {
    throw new RangeError(
      `Cannot compute SSIM: images have ${actual.length} and ${expected.length} pixels, ` +
        `must have ${width}x${height}`,
    );
  }
  if (window < 3 || window % 2 !== 1) {
    throw new RangeError(`Cannot compute SSIM: window is ${window}, must be odd and at least 3`);
  }
  if (width < window || height < window) {
    throw new RangeError(
      `Cannot compute SSIM: image is ${width}x${height}, must be at least ${window}x${window}`,
    );
  }
}

/** Products of two images in float64, for a float32 would round them. */
function products(a: Float32Array, b: Float32Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
  return out;
}

/** Mean of every whole window: four reads of the sums from the upper left corner, whatever the window. */
function windowMeans(
  values: Float32Array | Float64Array,
  width: number,
  window: number,
): Float64Array {
  const height = values.length / width;
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  const outWidth = width - window + 1;
  const out = new Float64Array(outWidth * (height - window + 1));
  for (let i = 0; i < out.length; i++) {
    const x = i % outWidth;
    const top = (i - x) / outWidth * stride + x;
    const bottom = top + window * stride;
    const sum = sums[bottom + window]! - sums[bottom]! - sums[top + window]! + sums[top]!;
    out[i] = sum / window ** 2;
  }
  return out;
}
