/**
 * The scores of TorchMetrics with one update per pair.
 * @module
 */
import { gaussianSsim } from "../../metrics/gaussian_ssim.ts";
import { checkSizes } from "../../metrics/mean_over_values.ts";
import { finiteOrNull } from "./finite_or_null.ts";
import type { EvalPreset, PresetInput, PresetValues } from "./preset.ts";

/** Smallest side that mirrored padding of 5 pixels is possible for. */
const SMALLEST_SIDE = 6;

/**
 * PSNR of squared errors pooled over all pairs, and SSIM with the range that each pair shows.
 *
 * Source: Lightning-AI/torchmetrics 1.9.0 and, for what changed, 1.7.4 and 1.4.1:
 * src/torchmetrics/image/psnr.py, src/torchmetrics/functional/image/psnr.py and ssim.py.
 * Differs: float64 instead of float32.
 */
export const TORCHMETRICS_PRESET: EvalPreset = {
  name: "torchmetrics",
  definition: [
    "Follows PeakSignalNoiseRatio and StructuralSimilarityIndexMeasure of Lightning-AI/torchmetrics 1.9.0 " +
    "(src/torchmetrics/image/psnr.py and ssim.py and their namesakes in functional/image), one update per pair, " +
    "8-bit composite against truth.",
    "PSNR: data_range=255 (or 1 for images divided by 255), which must be given since 1.8.0. Squared errors are " +
    "summed over all pairs of a row, divided by the number of values, and one logarithm is taken: not the mean of " +
    "PSNRs, large images weigh more, and equal pairs count.",
    "PSNR, inferred: the same without data_range, as until 1.7.4: the range is the brightest value of the truths of " +
    "a row less 0, for the state of the metric starts at 0.",
    "SSIM: without data_range the range of a pair is the larger of max - min of the composite and max - min of the " +
    "truth; Gaussian window of 11 taps, σ 1.5, round every pixel, the image mirrored outside, population variances, " +
    "K 0.01 and 0.03; mean over pixels and channels, then over pairs. In a batch of several pairs TorchMetrics takes " +
    "one range for all of them. There is none below 6 pixels a side and for two flat images.",
    "SSIM, inner: the same over the windows that lie within the image, as until 1.4.1; none below 11 pixels.",
    "TorchMetrics computes in float32, this table in float64. ± is the sample standard deviation over pairs; a " +
    "pooled score has none.",
  ],
  scores: [
    { name: "psnr", label: "PSNR", unit: "dB", digits: 4, isHigherBetter: true, how: "pooled" },
    {
      name: "psnrInferred",
      label: "PSNR, inferred",
      unit: "dB",
      digits: 4,
      isHigherBetter: true,
      how: "pooled",
    },
    { name: "ssim", label: "SSIM", unit: "", digits: 4, isHigherBetter: true, how: "mean" },
    {
      name: "ssimInner",
      label: "SSIM, inner",
      unit: "",
      digits: 4,
      isHigherBetter: true,
      how: "mean",
    },
  ],
  measure(input) {
    const { result, truth, holeMask } = input;
    checkSizes(result, truth, holeMask);
    let squaredError = 0;
    for (let i = 0; i < result.length; i++) squaredError += (result[i]! - truth[i]!) ** 2;
    return {
      ...similarity(input),
      squaredError,
      count: result.length,
      brightest: truth.reduce((most, value) => Math.max(most, value), 0),
    };
  },
  pool(parts) {
    const total = (name: string) => parts.reduce((sum, part) => sum + (part[name] ?? 0), 0);
    const meanSquare = total("squaredError") / total("count");
    const brightest = parts.reduce((most, part) => Math.max(most, part["brightest"] ?? 0), 0);
    const decibels = (range: number) => finiteOrNull(10 * Math.log10(range ** 2 / meanSquare));
    return { psnr: decibels(255), psnrInferred: decibels(brightest) };
  },
};

/** Both means of SSIM. */
function similarity({ result, truth, width, height }: PresetInput): PresetValues {
  const range = Math.max(spread(result), spread(truth));
  if (Math.min(width, height) < SMALLEST_SIDE || range === 0) {
    return { ssim: null, ssimInner: null };
  }
  const { whole, inner } = gaussianSsim(result, truth, {
    width,
    height,
    padding: "reflect",
    range,
  });
  return { ssim: finiteOrNull(whole), ssimInner: finiteOrNull(inner) };
}

/** Brightest less darkest value. */
function spread(image: Uint8Array): number {
  let [darkest, brightest] = [255, 0];
  for (const value of image) {
    darkest = Math.min(darkest, value);
    brightest = Math.max(brightest, value);
  }
  return brightest - darkest;
}
