/**
 * An untrained fill: partial convolutions with fixed positive weights, down a pyramid and up again.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { crop } from "./crop.ts";
import type { MaskedFeatures } from "./partial_conv.ts";

/** Outer product of these gives the 4x4 kernel; even, so that it is centred on the half-pixel grid. */
const TAPS = [1, 3, 3, 1];

/**
 * Fills the hole smoothly from all scales of the known pixels.
 *
 * Down, to 1x1: equation 1 of the paper with positive weights, `g' = Σ w·g·m / Σ w·m`, `m' = 1` where the
 * sum is not 0, with a 4x4 binomial kernel at stride 2; outside the image is hole. Up again:
 * `u = double(mean3x3(coarser))` bilinearly, `x = u` in the hole and `g` elsewhere, then one step of
 * relaxation, `x = mean3x3(x)` in the hole. Means leave out what lies outside the image.
 *
 * Known pixels are kept exactly; the result stays in the range of the known pixels. Not differentiable on
 * purpose: it has no parameters and its input is data.
 *
 * @param masked `features` `[n, h, w, c]`, any size from 1x1, any `c`; `validMask` `[n, h, w, 1]`.
 * @returns The filled image at every level, finest first: `[n, h, w, c]`, `[n, ceil(h/2), ceil(w/2), c]`, ...,
 * `[n, 1, 1, c]`; the caller's scope owns them. All 0 where an image has no known pixel at all.
 *
 * Source: Liu et al. 2018, equations 1 and 2; Gortler et al. 1996 ("push-pull") for filling over a pyramid.
 * Differs from push-pull: hard masks, mean filter before doubling, one relaxation step per level.
 */
export function pyramidFill({ features, validMask }: MaskedFeatures): tf.Tensor4D[] {
  return tf.tidy(() => {
    const levels = [{ known: tf.mul(features, validMask) as tf.Tensor4D, validMask }];
    for (;;) {
      const finer = levels.at(-1)!;
      if (finer.known.shape[1] === 1 && finer.known.shape[2] === 1) break;
      levels.push(shrink(finer.known, finer.validMask));
    }
    const filled = [levels.pop()!.known];
    for (const { known, validMask } of levels.reverse()) {
      filled.unshift(grow(filled[0]!, known, validMask));
    }
    return filled;
  });
}

/** One level down: mask-normalised 4x4 binomial means at stride 2. */
function shrink(known: tf.Tensor4D, validMask: tf.Tensor4D) {
  const sums = binomialSums(known);
  const weights = binomialSums(validMask);
  // Weights are whole numbers, so the smallest that is not empty is 1: max(s, 1) changes nothing else.
  const means = tf.div(sums, tf.maximum(weights, 1)) as tf.Tensor4D;
  return { known: means, validMask: tf.minimum(weights, 1) as tf.Tensor4D };
}

function binomialSums(x: tf.Tensor4D): tf.Tensor4D {
  const channels = x.shape[3];
  const kernel = TAPS.flatMap((a) => TAPS.flatMap((b) => new Array<number>(channels).fill(a * b)));
  const weights = tf.tensor4d(kernel, [4, 4, channels, 1]);
  return tf.depthwiseConv2d(x, weights, 2, "same");
}

/** One level up: doubles the coarser level, keeps what is known, relaxes the hole once. */
function grow(coarser: tf.Tensor4D, known: tf.Tensor4D, validMask: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = known.shape;
  const [, rows, columns] = coarser.shape;
  const hole = tf.sub(1, validMask);
  const smooth = tf.avgPool(coarser, 3, 1, "same");
  // Always an exact doubling, then a crop: resizing straight to an odd size would leave the grid.
  const doubled = tf.image.resizeBilinear(smooth, [2 * rows, 2 * columns], false, true);
  const cropped = crop(doubled, { top: 0, left: 0, height, width });
  const placed = tf.add(known, tf.mul(hole, cropped)) as tf.Tensor4D;
  return tf.add(known, tf.mul(hole, tf.avgPool(placed, 3, 1, "same"))) as tf.Tensor4D;
}
