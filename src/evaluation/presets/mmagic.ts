/**
 * The scores of MMagic's configurations of partial convolutions.
 * @module
 */
import { checkSizes } from "../../metrics/mean_over_values.ts";
import { psnr } from "../../metrics/psnr.ts";
import { SSIM_WINDOW } from "../../metrics/ssim_map.ts";
import { ssim } from "../../metrics/ssim.ts";
import { finiteOrNull } from "./finite_or_null.ts";
import type { EvalPreset } from "./preset.ts";

/**
 * Error in the hole, PSNR and SSIM of the composite.
 *
 * Source: open-mmlab/mmagic 1.2.0, configs/_base_/datasets/places.py and
 * mmagic/evaluation/metrics/{mae,psnr,ssim,metrics_utils}.py.
 * Differs: there the composite is float32 before rounding to 8 bits, and so are the sums.
 */
export const MMAGIC_PRESET: EvalPreset = {
  name: "mmagic",
  definition: [
    "Follows val_evaluator of configs/_base_/datasets/places.py (PConv's configs use it; celeba.py is alike) of " +
    "open-mmlab/mmagic 1.2.0, with mmagic/evaluation/metrics/mae.py, psnr.py and ssim.py.",
    "MAE: mean |a - b| / 255 over the hole pixels and three channels, times 100; no other pixel counts, so it is " +
    "not the l1 of the paper, which divides by all pixels. A mask without a hole gives 0.",
    "PSNR: 10 log10(255² / MSE) of the whole composite, all channels, no border cropped, per pair, then the mean. " +
    "Pairs without any difference have none and are left out; MMagic's mean would be infinite.",
    "SSIM: of the whole composite on the scale of 255, per channel, no conversion to luma, then their mean; " +
    "Gaussian window of 11 taps, σ 1.5, population variances, C1 = (0.01·255)², C2 = (0.03·255)², the windows that " +
    "lie within the image. An image with a side below 11 pixels has none.",
    "MMagic measures the composite in float32, before it is rounded to 8 bits. Its PConv configs cut 384x384 at " +
    "random, resize to 256x256 and draw a new mask for every image in every run, so their published values belong " +
    "to no fixed set of pairs.",
    "± is the sample standard deviation over pairs; MMagic prints means alone.",
  ],
  scores: [
    { name: "mae", label: "MAE (hole)", unit: "%", digits: 3, isHigherBetter: false, how: "mean" },
    { name: "psnr", label: "PSNR", unit: "dB", digits: 3, isHigherBetter: true, how: "mean" },
    { name: "ssim", label: "SSIM", unit: "", digits: 3, isHigherBetter: true, how: "mean" },
  ],
  measure({ result, truth, holeMask, width, height }) {
    checkSizes(result, truth, holeMask);
    let [differences, values] = [0, 0];
    for (let i = 0; i < result.length; i++) {
      if (holeMask[Math.floor(i / 3)] === 0) continue;
      differences += Math.abs(result[i]! - truth[i]!);
      values++;
    }
    return {
      mae: values === 0 ? 0 : 100 * differences / 255 / values,
      psnr: finiteOrNull(psnr(result, truth)),
      ssim: Math.min(width, height) < SSIM_WINDOW
        ? null
        : finiteOrNull(ssim(result, truth, { width, height })),
    };
  },
};
