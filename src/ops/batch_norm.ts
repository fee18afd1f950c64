/**
 * Batch normalisation as PyTorch defines it, with both of its modes explicit.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { BATCH_NORM_EPSILON } from "./batch_norm_epsilon.ts";
import { channelSums } from "./channel_sums.ts";
import { assertShape } from "./shape.ts";

/** Scale and shift of {@linkcode batchNorm}, each `[c]`. */
export interface BatchNormAffine {
  /** Scale. */
  readonly gamma: tf.Tensor1D;
  /** Shift. */
  readonly beta: tf.Tensor1D;
}

/** Statistics of one layer, each `[c]`. */
export interface BatchNormStatistics {
  /** By channel. */
  readonly mean: tf.Tensor1D;
  /** By channel. */
  readonly variance: tf.Tensor1D;
}

/** Weight of the new batch in the running statistics; PyTorch's default. */
export const BATCH_NORM_MOMENTUM = 0.1;

/**
 * Normalises with the batch's own statistics: `y = (x - mean) / sqrt(variance + 1e-5) · gamma + beta`, the
 * biased variance over batch, height and width. Differentiable in `x`, `gamma` and `beta`.
 *
 * Hole positions count like all others, as in the paper (section 4.2), which is why the paper freezes the
 * encoder's normalisation in fine-tuning.
 *
 * @param x `[n, h, w, c]`.
 * @returns `output` `[n, h, w, c]`, owned by the caller's scope; and the batch's `statistics` with the
 * *unbiased* variance (n/(n-1)), which is what running statistics take in: they outlive scopes, so the
 * caller disposes of them.
 *
 * Source: Ioffe and Szegedy 2015; PyTorch's BatchNorm2d.
 * Differs: tfjs's BatchNormalization layer averages the biased variance.
 */
export function batchNormTraining(
  x: tf.Tensor4D,
  { gamma, beta }: BatchNormAffine,
): { output: tf.Tensor4D; statistics: BatchNormStatistics } {
  const channels = x.shape[3];
  checkChannels(channels, { gamma, beta });
  const pixels = x.size / channels;
  let statistics: BatchNormStatistics | undefined;
  const normalise = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [image, scale, shift] = args as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
    const save = args[3] as tf.GradSaveFunc;
    const mean = tf.div(channelSums(image), pixels) as tf.Tensor1D;
    const centred = tf.sub(image, mean) as tf.Tensor4D;
    const variance = tf.div(channelSums(tf.square(centred)), pixels) as tf.Tensor1D;
    const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)) as tf.Tensor1D;
    const unbiased = tf.mul(variance, pixels / Math.max(1, pixels - 1)) as tf.Tensor1D;
    // The engine would otherwise drop what the value does not return.
    statistics = { mean: tf.keep(mean), variance: tf.keep(unbiased) };
    save([centred, inverse, scale]);
    const value = tf.add(tf.mul(centred, tf.mul(inverse, scale)), shift) as tf.Tensor4D;
    const gradFunc = (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => {
      const [centred, inverse, scale] = saved as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
      const gradient = dy as tf.Tensor4D;
      const dBeta = channelSums(gradient);
      const projected = tf.mul(channelSums(tf.mul(gradient, centred)), inverse) as tf.Tensor1D;
      const slope = tf.div(tf.mul(projected, inverse), pixels);
      const offset = tf.div(dBeta, pixels);
      const inner = tf.sub(tf.sub(gradient, offset), tf.mul(centred, slope));
      return [tf.mul(inner, tf.mul(scale, inverse)), projected, dBeta];
    };
    return { value, gradFunc };
  });
  const output = normalise(x, gamma, beta) as tf.Tensor4D;
  return { output, statistics: statistics! };
}

/**
 * Normalises with given statistics, as in inference and in frozen layers. Differentiable in `x` and the affine
 * part; the statistics are constants.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h, w, c]`; the caller's scope owns it.
 */
export function batchNormStored(
  x: tf.Tensor4D,
  affine: BatchNormAffine,
  statistics: BatchNormStatistics,
): tf.Tensor4D {
  checkChannels(x.shape[3], affine);
  return tf.tidy(() => {
    const inverse = tf.rsqrt(tf.add(statistics.variance, BATCH_NORM_EPSILON));
    const scale = tf.mul(affine.gamma, inverse);
    const shift = tf.sub(affine.beta, tf.mul(statistics.mean, scale));
    return tf.add(tf.mul(x, scale), shift);
  });
}

function checkChannels(channels: number, { gamma, beta }: BatchNormAffine): void {
  assertShape("run batchNorm", "gamma", gamma.shape, [channels]);
  assertShape("run batchNorm", "beta", beta.shape, [channels]);
}
