/**
 * What a classifier believes of one picture.
 * @module
 */

/** How far the sum of a posterior may be from 1: float16 networks are off by less. */
export const POSTERIOR_TOLERANCE = 1e-3;

/**
 * Checks that numbers are a posterior and divides them by their sum, in float64: float32 leaves a sum of 1 ± 1e-6,
 * which divergences of similar pictures would show.
 *
 * @param posterior Probability by class.
 * @returns Of the same length, sum 1 to float64 rounding.
 * @throws {RangeError} If it is empty, a number is negative or not finite, or the sum is off by more than
 * {@linkcode POSTERIOR_TOLERANCE}.
 */
export function normalisePosterior(posterior: Float32Array): Float64Array {
  let sum = 0;
  for (const value of posterior) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(`Cannot use posterior: it holds ${value}, must be probabilities`);
    }
    sum += value;
  }
  if (Math.abs(sum - 1) > POSTERIOR_TOLERANCE) {
    throw new RangeError(
      `Cannot use posterior: sum of ${posterior.length} values is ${sum}, must be 1`,
    );
  }
  return Float64Array.from(posterior, (value) => value / sum);
}

/**
 * Kullback-Leibler divergence in nats, `Σ p·log(p / q)` over the classes with `p > 0`.
 *
 * @param p Sum 1.
 * @param q Of the same length; above 0 wherever `p` is.
 */
export function divergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i]! > 0) sum += p[i]! * Math.log(p[i]! / q[i]!);
  }
  return sum;
}

/** @throws {RangeError} If two posteriors are not over the same number of classes. */
export function checkSameClasses(a: Float32Array, b: Float32Array): void {
  if (a.length === b.length) return;
  throw new RangeError(
    `Cannot compare posteriors: they have ${a.length} and ${b.length} classes, must be equally many`,
  );
}
