/**
 * The scores of edge-connect's script, which many projects took over.
 * @module
 */
import { greyImage } from "../../metrics/grey_image.ts";
import { checkSizes } from "../../metrics/mean_over_values.ts";
import { uniformSsim } from "../../metrics/uniform_ssim.ts";
import { finiteOrNull } from "./finite_or_null.ts";
import type { EvalPreset } from "./preset.ts";

/** Side of the window of SSIM, pixels. */
const WINDOW = 51;

/**
 * PSNR, SSIM and a relative error of grey images.
 *
 * Source: knazeri/edge-connect at c657333747cc, scripts/metrics.py, with scikit-image 0.14 as its
 * requirements.txt demands.
 * Differs: sums in float64 where the script's are float32 (PSNR and the relative error).
 */
export const EDGECONNECT_PRESET: EvalPreset = {
  name: "edgeconnect",
  definition: [
    "Follows scripts/metrics.py of knazeri/edge-connect at commit c657333 (2019-04-13) with scikit-image 0.14, " +
    "as its requirements.txt demands.",
    "All scores compare grey images: 0.2125 R + 0.7154 G + 0.0721 B of the 8-bit composite and of the truth, " +
    "divided by 255, float32. Errors of colour alone do not count.",
    "PSNR: 10 log10(1 / MSE) per pair, then the mean. Pairs whose grey images are equal have none and are left out; " +
    "the script's mean would be infinite.",
    "SSIM: a square window of 51x51 equal weights, sample variances (divisor 51² - 1), C1 = 0.01², C2 = 0.03², mean " +
    "over the windows that lie within the image (25 pixels along the rim are no centres). An image with a side " +
    "below 51 pixels has none; the script stops there.",
    "MAE: Σ|a - b| / Σ(a + b) per pair, a fraction and no percentage; it grows as the image gets darker. Two black " +
    "images have none.",
    "± is the sample standard deviation over pairs; the script prints the variance of the population.",
  ],
  scores: [
    { name: "psnr", label: "PSNR", unit: "dB", digits: 4, isHigherBetter: true, how: "mean" },
    { name: "ssim", label: "SSIM", unit: "", digits: 4, isHigherBetter: true, how: "mean" },
    { name: "mae", label: "MAE", unit: "", digits: 4, isHigherBetter: false, how: "mean" },
  ],
  measure({ result, truth, holeMask, width, height }) {
    checkSizes(result, truth, holeMask);
    const a = greyImage(result);
    const b = greyImage(truth);
    let [squares, differences, levels] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      const difference = a[i]! - b[i]!;
      squares += difference * difference;
      differences += Math.abs(difference);
      levels += a[i]! + b[i]!;
    }
    const ssim = Math.min(width, height) < WINDOW
      ? NaN
      : uniformSsim(a, b, { width, height, window: WINDOW, range: 1 });
    return {
      psnr: finiteOrNull(10 * Math.log10(a.length / squares)),
      ssim: finiteOrNull(ssim),
      mae: finiteOrNull(differences / levels),
    };
  },
};
