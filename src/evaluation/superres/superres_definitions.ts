/**
 * What the scores of a table of super-resolution are, in words; printed under every table.
 * @module
 */
import { BOOTSTRAP_RESAMPLES } from "../bootstrap.ts";
import { LEAST_PAIRS } from "../compare.ts";
import { REFERENCE } from "./summarise_superres.ts";

/** The definitions, one a paragraph. */
export const SUPERRES_DEFINITIONS: readonly string[] = [
  "Small pictures: the photograph is cropped at the right and at the bottom to a multiple of the scale K, shrunk by K " +
  "with MATLAB's imresize (Keys' cubic, a = -0.5, widened by K against aliasing, mirrored edges) in RGB, and rounded to " +
  "8 bits. Methods see the small picture alone. Results are 8-bit RGB of the cropped photograph's size.",
  "Rim: K pixels at every side are left out of all scores.",
  "Y: BT.601's luma as MATLAB's rgb2ycbcr, 16 + (65.481 R + 128.553 G + 24.966 B) / 255, of result and truth, not " +
  "rounded, as BasicSR has it. MATLAB's own evaluations round Y to 8 bits, which lowers PSNR by about 0.03 dB at 34 dB. Of " +
  "files that store grey levels Y is the level itself, (65.481 R + 128.553 G + 24.966 B) / 219, as in the literature's " +
  "MATLAB code; codes that turn such files to RGB first score them 1.32 dB higher.",
  "PSNR: 10 · log10(255² / MSE), dB, per image, then the mean over images; a result equal to the truth has none and is " +
  "left out of the mean.",
  "SSIM: Wang et al. 2004, Gaussian window of 11 taps and σ 1.5, whole windows only, population covariance, K 0.01 and " +
  "0.03, L 255; on Y, and on RGB as the mean of the three channels. None where the picture without its rim is below 11 " +
  "pixels a side.",
  `Differences: to ${REFERENCE} on the same images. Better or worse where the 95 % interval lies on one side of 0, of ` +
  `${LEAST_PAIRS} images or more. ${REFERENCE} is imresize's enlargement of the 8-bit small picture, rounded to 8 bits.`,
  `Intervals: 95 % percentile bootstrap of the mean over images, ${BOOTSTRAP_RESAMPLES} resamples.`,
  "Time: median per image, from 8-bit pixels to 8-bit pixels, by wall clock, warmed up; none is meaningful on a machine " +
  "with other work.",
];
