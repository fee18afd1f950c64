/**
 * The scores of LaMa's evaluation of finished results.
 * @module
 */
import { gaussianSsim } from "../../metrics/gaussian_ssim.ts";
import { finiteOrNull } from "./finite_or_null.ts";
import type { EvalPreset } from "./preset.ts";

const BINS = 10;

/**
 * SSIM over images padded with zeros, by ten ranges of the hole's share.
 *
 * Source: advimman/lama at 786f5936b27f, bin/evaluate_predicts.py, saicinpainting/evaluation/evaluator.py
 * (InpaintingEvaluator) and saicinpainting/evaluation/losses/ssim.py.
 * Differs: float64 instead of float32; LPIPS, FID and their F1 are left out.
 */
export const LAMA_PRESET: EvalPreset = {
  name: "lama",
  definition: [
    "Follows bin/evaluate_predicts.py of advimman/lama at commit 786f593 (2025-02-05), " +
    "with saicinpainting/evaluation/evaluator.py and saicinpainting/evaluation/losses/ssim.py.",
    "SSIM: 8-bit composite against truth, both divided by 255; a Gaussian window of 11 taps, σ 1.5, round every " +
    "pixel, zeros outside the image, so the rim counts; C1 = 0.01², C2 = 0.03², population variances; mean over " +
    "pixels and the three channels, then over pairs. It exists for images of every size. LaMa computes in float32, " +
    "this table in float64.",
    "Rows: ten ranges of the hole's share of the image, lower end included, upper end not; a share of 1 belongs to " +
    "the last. The share is rounded to float32 as there (on the CPU), which puts exactly 70 % and exactly 90 % into " +
    "the range below. LaMa's evaluator during training (InpaintingEvaluatorOnline) includes the upper end instead.",
    "± is the sample standard deviation over pairs; LaMa prints that of the population.",
    "LPIPS (VGG, linear layers), FID and their combination lpips_fid100_f1 are left out. FID compares Gaussians " +
    "fitted to 2048 features of another network: with fewer pairs than features the covariances are singular, and " +
    "the value tells more of the number of pairs than of the method.",
  ],
  scores: [
    { name: "ssim", label: "SSIM", unit: "", digits: 4, isHigherBetter: true, how: "mean" },
  ],
  measure({ result, truth, width, height }) {
    const { whole } = gaussianSsim(result, truth, { width, height, padding: "zero" });
    return { ssim: finiteOrNull(whole) };
  },
  binOf(holeMask) {
    const holes = holeMask.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
    const share = Math.fround(holes / holeMask.length);
    // `i · 0.1` in float64, as numpy's linspace spaces the edges: 3 · 0.1 is a little above 0.3.
    let bin = BINS - 1;
    while (bin > 0 && share < bin * 0.1) bin--;
    return `${bin * 10}-${bin * 10 + 10}%`;
  },
};
