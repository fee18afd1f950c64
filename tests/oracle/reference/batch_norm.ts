/**
 * Batch normalisation as loops in float64.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";

/** Input of {@linkcode referenceBatchNorm}. */
export interface ReferenceBatchNormInput {
  /** `[n, h, w, c]`. */
  readonly x: Values;
  /** `[c]`. */
  readonly gamma: Values;
  /** `[c]`. */
  readonly beta: Values;
  /** Statistics to use; default: the batch's own. */
  readonly stored?: { readonly mean: Values; readonly variance: Values };
  /** Gradient of the output. */
  readonly dy: Values;
}

/** Normalises and differentiates, channel by channel. The variance that comes back is the unbiased one. */
export function referenceBatchNorm({ x, gamma, beta, stored, dy }: ReferenceBatchNormInput) {
  const channels = gamma.data.length;
  const count = x.data.length / channels;
  const output = new Float64Array(x.data.length);
  const inputGradient = new Float64Array(x.data.length);
  const [gammaGradient, betaGradient, means, variances] = [0, 1, 2, 3].map(() =>
    new Float64Array(channels)
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let c = 0; c < channels; c++) {
    const at = (i: number) => i * channels + c;
    let mean = 0;
    for (let i = 0; i < count; i++) mean += x.data[at(i)]! / count;
    let squares = 0;
    for (let i = 0; i < count; i++) squares += (x.data[at(i)]! - mean) ** 2;
    [means[c], variances[c]] = [mean, squares / (count - 1)];
    const center = stored?.mean.data[c] ?? mean;
    const deviation = Math.sqrt((stored?.variance.data[c] ?? squares / count) + 1e-5);
    const normal = (i: number) => (x.data[at(i)]! - center) / deviation;
    for (let i = 0; i < count; i++) {
      output[at(i)] = normal(i) * gamma.data[c]! + beta.data[c]!;
      gammaGradient[c]! += dy.data[at(i)]! * normal(i);
      betaGradient[c]! += dy.data[at(i)]!;
    }
    for (let i = 0; i < count; i++) {
      // With the batch's own statistics, mean and deviation depend on x too.
      const through = stored === undefined
        ? (betaGradient[c]! + normal(i) * gammaGradient[c]!) / count
        : 0;
      inputGradient[at(i)] = (dy.data[at(i)]! - through) * gamma.data[c]! / deviation;
    }
  }
  const vector = (data: Float64Array): Values => ({ shape: [channels], data });
  return {
    output: { shape: x.shape, data: output },
    mean: vector(means),
    variance: vector(variances),
    inputGradient: { shape: x.shape, data: inputGradient },
    gammaGradient: vector(gammaGradient),
    betaGradient: vector(betaGradient),
  };
}
