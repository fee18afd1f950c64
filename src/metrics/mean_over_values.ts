/**
 * The average that the per-pixel metrics share.
 * @module
 */

/** Options of the metrics that compare pixel by pixel. */
export interface PixelMetricOptions {
  /** `[h·w]`, 1 = hole: only hole pixels count, in the sum and in the divisor. @default every pixel counts */
  holeMask?: Uint8Array;
}

/**
 * Averages `term(actual - expected)` over pixels and channels, in float64.
 *
 * @param actual rgb255, `[h·w·3]` interleaved.
 * @param expected rgb255 of the same size.
 * @param term What is averaged, of a difference in `[-255, 255]`.
 * @returns The mean, or NaN if no pixel counts.
 * @throws {RangeError} If the sizes of images or mask do not agree.
 */
export function meanOverValues(
  actual: Uint8Array,
  expected: Uint8Array,
  term: (difference: number) => number,
  options: PixelMetricOptions = {},
): number {
  const { holeMask } = options;
  checkSizes(actual, expected, holeMask);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < actual.length; i += 3) {
    if (holeMask !== undefined && holeMask[i / 3] === 0) continue;
    for (let channel = i; channel < i + 3; channel++) {
      sum += term(actual[channel]! - expected[channel]!);
    }
    count += 3;
  }
  return sum / count;
}

/** Checks that images and mask are of one size; a silent mismatch would give a plausible number. */
export function checkSizes(
  actual: Uint8Array,
  expected: Uint8Array,
  holeMask: Uint8Array | undefined,
): void {
  if (actual.length !== expected.length || actual.length % 3 !== 0) {
    throw new RangeError(
      `Cannot compare images: lengths are ${actual.length} and ${expected.length}, ` +
        "must be equal multiples of 3",
    );
  }
  if (holeMask !== undefined && holeMask.length * 3 !== actual.length) {
    throw new RangeError(
      `Cannot compare images: mask has ${holeMask.length} pixels, must have ${actual.length / 3}`,
    );
  }
}
