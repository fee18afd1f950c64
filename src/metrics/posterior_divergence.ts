/**
 * How differently a classifier sees a result and the truth.
 * @module
 */
import { checkSameClasses, divergence, normalisePosterior } from "./posterior.ts";

/**
 * Least probability that a result is credited with. Softmax in float32 gives 0 where a class is merely unlikely, and
 * one such class would make the divergence infinite: with the floor no result is above 27.7 nats.
 */
export const POSTERIOR_FLOOR = 1e-12;

/**
 * Kullback-Leibler divergence `Σ p·log(p / q)` in nats, in float64, `p` for the truth and `q` for the result.
 *
 * Both are divided by their sums. `q` is raised to {@linkcode POSTERIOR_FLOOR}, after that division and without
 * another one; classes with `p = 0` add nothing.
 *
 * @param truth Posterior of the original picture.
 * @param result Posterior of the filled picture.
 * @returns From 0, which means equal (to within the floor), to 27.7.
 * @throws {RangeError} If one is no posterior, or they differ in length.
 *
 * Source: Kullback and Leibler 1951, equation 2.4.
 */
export function posteriorDivergence(truth: Float32Array, result: Float32Array): number {
  checkSameClasses(truth, result);
  const q = normalisePosterior(result).map((value) => Math.max(value, POSTERIOR_FLOOR));
  // The floor lets the sum of q exceed 1 by up to 1e-12 per class, and the divergence fall below 0 by as much.
  return Math.max(0, divergence(normalisePosterior(truth), q));
}
