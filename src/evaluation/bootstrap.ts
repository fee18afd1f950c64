/**
 * How sure a mean is.
 * @module
 */
import { createRandom } from "../random.ts";
import type { Estimate } from "./eval_table.ts";

/** Resamples behind an interval. */
export const BOOTSTRAP_RESAMPLES = 1000;

/** Share of resampled means inside the interval. */
const CONFIDENCE = 0.95;

/**
 * Takes the mean of values with its percentile bootstrap interval: values are drawn with replacement
 * {@linkcode BOOTSTRAP_RESAMPLES} times, and the interval holds the middle 95 % of the means. The same values in the
 * same order give the same interval.
 *
 * @param values Finite numbers.
 * @returns Undefined if there is no value.
 *
 * Source: Efron and Tibshirani 1993, section 13.3 (percentile interval).
 */
export function bootstrapMean(values: readonly number[], seed = 1): Estimate | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const mean = sumOf(values) / count;
  if (count === 1) return { mean, low: null, high: null, deviation: null, count };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const random = createRandom(seed, count);
  const means = new Float64Array(BOOTSTRAP_RESAMPLES);
  for (let k = 0; k < means.length; k++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[Math.floor(random.uniform() * count)]!;
    means[k] = sum / count;
  }
  means.sort();
  return {
    mean,
    low: quantile(means, (1 - CONFIDENCE) / 2),
    high: quantile(means, (1 + CONFIDENCE) / 2),
    deviation: Math.sqrt(squares / (count - 1)),
    count,
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Linear between the order statistics, as NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
