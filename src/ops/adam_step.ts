/**
 * The arithmetic of the Adam optimiser.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Kernel that a backend may register to do it in one pass, with an {@linkcode AdamRates} and bit for bit the same result. */
export const ADAM_KERNEL = "AdamStep";

/** Tensors of one parameter, all of its shape. */
export interface AdamTensors<T = tf.Tensor> {
  readonly parameter: T;
  /** Running mean of the gradient. */
  readonly first: T;
  /** Running mean of the squared gradient. */
  readonly second: T;
  readonly gradient: T;
}

/** Numbers of one step. */
export interface AdamRates {
  readonly beta1: number;
  readonly beta2: number;
  /** Learning rate over `1 - β₁ᵗ`. */
  readonly rate: number;
  /** `1 / √(1 - β₂ᵗ)`. */
  readonly rootFactor: number;
  readonly epsilon: number;
}

/**
 * `m' = β₁·m + (1-β₁)·g`, `v' = β₂·v + (1-β₂)·g²`, `θ' = θ - rate·m' / (rootFactor·√v' + ε)`.
 *
 * @returns New parameter and moments; the caller's scope owns them.
 *
 * Source: Kingma and Ba 2015, algorithm 1.
 */
export function adamStep(tensors: AdamTensors, rates: AdamRates): Omit<AdamTensors, "gradient"> {
  if (tf.getKernel(ADAM_KERNEL, tf.getBackend()) !== undefined) {
    const [parameter, first, second] = tf.engine().runKernel(
      ADAM_KERNEL,
      tensors as unknown as tf.NamedTensorMap,
      rates as unknown as tf.NamedAttrMap,
    ) as tf.Tensor[] as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { parameter, first, second };
  }
  const { beta1, beta2, rate, rootFactor, epsilon } = rates;
  const { gradient } = tensors;
  const first = tf.add(tf.mul(tensors.first, beta1), tf.mul(gradient, 1 - beta1));
  const second = tf.add(tf.mul(tensors.second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const root = tf.mul(tf.sqrt(second), rootFactor);
  const change = tf.div(tf.mul(first, rate), tf.add(root, epsilon));
  return { parameter: tf.sub(tensors.parameter, change), first, second };
}
