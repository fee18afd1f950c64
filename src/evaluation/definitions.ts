/**
 * What the scores of a table are, in words; printed under every table.
 * @module
 */
import { POSTERIOR_FLOOR } from "../metrics/posterior_divergence.ts";
import { BOOTSTRAP_RESAMPLES } from "./bootstrap.ts";
import type { EvalTable, ScoreName } from "./eval_table.ts";

/** Lists the definitions of all scores that a table has, one a paragraph. */
export function scoreDefinitions({ rows, dilations }: EvalTable): string[] {
  const has = (name: ScoreName) => rows.some(({ scores }) => scores[name] !== undefined);
  return [
    "Results are 8-bit RGB, as they would be read back from a PNG file. Methods get the image with hole pixels set " +
    "to 0. Three views: composite, the result in the hole and the truth elsewhere, all pixels; hole, hole pixels alone, " +
    "sums divided by their number; raw, what the method gave at every pixel, for methods that compute known pixels too (of " +
    "pictures above 512x512 pixels a network sees crops around holes alone, and raw is the truth elsewhere). " +
    "The paper does not say which of composite and raw its Table 1 scores.",
    "l1: 100 · mean |a − b| / 255 over pixels and channels, percent. PSNR: 10 · log10(255² / MSE), dB, per image, then the " +
    "mean over images; a composite equal to the truth has none, is counted and left out of the mean.",
    "SSIM: Wang et al. 2004, Gaussian window of 11 taps and σ 1.5, whole windows only, population covariance, K 0.01 and " +
    "0.03, L 255, mean over R, G and B; the hole's is over windows whose centre is a hole pixel. None below 11 pixels a side.",
    ...(has("lpips")
      ? [
        "LPIPS: Zhang et al. 2018, version 0.1, composite against truth, from the weights named above; 0 is equal.",
      ]
      : []),
    ...(has("divergence")
      ? [
        "Divergence: mean KL divergence Σ p log(p / q) in nats between the classifier's posteriors p of the truth and q of " +
        `the composite, q at least ${POSTERIOR_FLOOR}. The paper's IScore falls where results get better, as this does, but its ` +
        "formula is not given and its classifier is another: the two cannot be compared.",
        "Inception: Salimans et al. 2016, exp of the mean KL divergence of each composite's posterior from their mean, over " +
        "all pairs of the class at once. It rises with the number of pairs, so only cells of equally many compare.",
      ]
      : []),
    "Classes: bins (a, b] of hole pixels over all pixels, of the mask as used. N: every hole pixel is at least " +
    "50 px · (smaller side / 512) from the border; B: not so. Pairs outside (0.01, 0.6] have columns of their own and are " +
    'not in "all".',
    ...(dilations.some((dilate) => dilate > 0)
      ? [
        "Dilation: holes grow by a square kernel of so many pixels where the smaller side is 512, in proportion elsewhere, " +
        "each in all directions by (kernel − 1) / 2, rounded; the class is that of the grown hole.",
      ]
      : []),
    `Intervals: 95 % percentile bootstrap of the mean over pairs, ${BOOTSTRAP_RESAMPLES} resamples, as if pairs were ` +
    "independent, though they may share images and masks.",
    "Time: median per fill, from 8-bit pixels to 8-bit pixels, by wall clock, warmed up; none is meaningful on a machine " +
    "with other work.",
  ];
}
