/**
 * A coarse net under the gradients: one direction, by differences.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../src/random.ts";
import type { Values } from "./assert_all_close.ts";
import { evaluate, toTensor } from "./evaluate.ts";

/** Options of {@linkcode checkGradient}. */
export interface CheckGradientOptions {
  /** @default 1 */
  readonly seed?: number;
  /**
   * Length of the step along the direction, per input value.
   * @default 0.01
   */
  readonly step?: number;
  /**
   * Largest relative error.
   * @default 0.01
   */
  readonly rtol?: number;
}

/**
 * Compares `⟨∇f, v⟩` with `(f(x + h·v) - f(x - h·v)) / 2h` for one direction `v` of random signs.
 *
 * tfjs computes in float32, so the step must be large: keep the inputs away from kinks. The outputs are weighted
 * with fixed numbers before they are added up, so that errors do not cancel.
 *
 * @throws {Error} If the two differ, or one is not finite, or the slope is 0 and so proves nothing.
 */
export async function checkGradient(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly Values[],
  { seed = 1, step = 0.01, rtol = 0.01 }: CheckGradientOptions = {},
): Promise<void> {
  const random = createRandom(seed);
  const signs = inputs.map(({ shape, data }): Values => ({
    shape,
    data: Array.from(data, () => random.uniform() < 0.5 ? -1 : 1),
  }));
  const weighted = (...x: tf.Tensor[]): tf.Tensor => {
    const output = f(...x);
    const weights = tf.sin(tf.add(tf.mul(tf.range(0, output.size), 1.9), 0.4));
    return tf.sum(tf.mul(tf.reshape(output, [output.size]), weights));
  };
  const { slope, above, below } = await evaluate(() => {
    const x = inputs.map((input) => toTensor(input));
    const v = signs.map((sign) => toTensor(sign));
    const gradients = tf.grads(weighted)(x);
    const dots = gradients.map((gradient, i) => tf.sum(tf.mul(gradient, v[i]!)));
    const moved = (by: number) => x.map((value, i) => tf.add(value, tf.mul(v[i]!, by)));
    return {
      slope: tf.addN(dots),
      above: weighted(...moved(step)),
      below: weighted(...moved(-step)),
    };
  });
  const analytic = slope.data[0]!;
  const measured = (above.data[0]! - below.data[0]!) / (2 * step);
  const error = Math.abs(analytic - measured) / Math.abs(measured);
  if (!(error <= rtol)) {
    throw new Error(`gradient along a direction is ${analytic}, by differences ${measured}`);
  }
}
