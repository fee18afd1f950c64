/**
 * Bilinear doubling that every backend can differentiate.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { upsampledConv2d } from "./upsampled_conv.ts";

/** Nearest doubling followed by these weights in each direction is bilinear doubling on half-pixel centres. */
const TAPS = [0.25, 0.5, 0.25];

/**
 * Doubles height and width bilinearly, half-pixel centres, the edge pixel repeated outside.
 *
 * @param image `[n, h, w, c]`, few channels: the cost grows with `c²`.
 * @returns `[n, 2h, 2w, c]`; the caller's scope owns it. Differentiable.
 *
 * Differs: tfjs's `resizeBilinear` has no gradient on the wasm backend.
 */
export function upsampleBilinear(image: tf.Tensor4D): tf.Tensor4D {
  const [, height, width, channels] = image.shape;
  return tf.tidy(() => {
    const sums = upsampledConv2d(image, binomial(channels));
    // Outside counts as zero there; dividing by the weights that lay inside repeats the edge instead.
    const weights = upsampledConv2d(tf.ones([1, height, width, 1]), binomial(1));
    return tf.div(sums, weights);
  });
}

/** `[3, 3, c, c]`, each channel for itself. */
function binomial(channels: number): tf.Tensor4D {
  const values: number[] = [];
  for (const a of TAPS) {
    for (const b of TAPS) {
      for (let i = 0; i < channels * channels; i++) {
        values.push(i % (channels + 1) === 0 ? a * b : 0);
      }
    }
  }
  return tf.tensor4d(values, [3, 3, channels, channels]);
}
