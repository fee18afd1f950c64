/**
 * Inception score.
 * @module
 */
import { checkSameClasses, divergence, normalisePosterior } from "./posterior.ts";

/**
 * Computes `exp(E_x KL(p(y|x) || p(y)))` in float64, where `p(y)` is the mean of the posteriors given.
 *
 * All pictures are one split. The common practice of ten splits and their mean is not followed: a bin of results has
 * too few pictures for it, and the score is bounded by their number.
 *
 * @param posteriors One per picture.
 * @returns From 1 (every picture is seen alike) to the smaller of the numbers of pictures and classes (every picture
 * is another class for sure); NaN for no pictures.
 * @throws {RangeError} If one is no posterior, or they differ in length.
 *
 * Source: Salimans et al. 2016, section 4.
 * Differs: openai/improved-gan reports mean and deviation over ten splits. The score of any network but Inception v3
 * is no "inception score" that could be compared with published ones.
 */
export function inceptionScore(posteriors: readonly Float32Array[]): number {
  const first = posteriors[0];
  if (first === undefined) return NaN;
  const conditionals = posteriors.map((posterior) => {
    checkSameClasses(first, posterior);
    return normalisePosterior(posterior);
  });
  const marginal = new Float64Array(first.length);
  for (const conditional of conditionals) {
    for (let i = 0; i < marginal.length; i++) marginal[i]! += conditional[i]!;
  }
  for (let i = 0; i < marginal.length; i++) marginal[i]! /= posteriors.length;
  const sum = conditionals.reduce((total, p) => total + divergence(p, marginal), 0);
  return Math.exp(sum / posteriors.length);
}
