/**
 * The Adam optimiser, with moments kept by parameter path.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Parameter } from "../model/parameters.ts";
import { adamStep } from "../ops/adam_step.ts";

/** Moments of one parameter. */
export interface Moments {
  /** Running mean of the gradient, shape of the parameter. */
  readonly first: tf.Variable;
  /** Running mean of the squared gradient, shape of the parameter. */
  readonly second: tf.Variable;
  /** How many updates the parameter has had. */
  updates: number;
}

/** State of the optimiser: moments by parameter path. A parameter that was never updated has none. */
export type AdamState = Map<string, Moments>;

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/**
 * Updates parameters in place: `θ ← θ - rate/(1-β₁ᵗ) · m / (√v/√(1-β₂ᵗ) + 1e-8)` with β = (0.9, 0.999).
 * A parameter without a gradient keeps its value, moments and update count.
 *
 * @param gradients By parameter path; the caller keeps and disposes them.
 *
 * Source: Kingma and Ba 2015, algorithm 1; update counts per parameter as in PyTorch.
 * Differs: tfjs's AdamOptimizer keeps moments by position, so freezing a parameter would mix them up.
 */
export function applyAdam(
  parameters: ReadonlyMap<string, Parameter>,
  gradients: ReadonlyMap<string, tf.Tensor>,
  state: AdamState,
  learningRate: number,
): void {
  for (const [path, gradient] of gradients) {
    const { variable } = parameters.get(path)!;
    let moments = state.get(path);
    if (moments === undefined) {
      moments = makeMoments(variable.shape);
      state.set(path, moments);
    }
    moments.updates += 1;
    const { first, second, updates } = moments;
    tf.tidy(() => {
      const result = adamStep({ parameter: variable, first, second, gradient }, {
        beta1: BETA_1,
        beta2: BETA_2,
        rate: learningRate / (1 - BETA_1 ** updates),
        rootFactor: 1 / Math.sqrt(1 - BETA_2 ** updates),
        epsilon: EPSILON,
      });
      first.assign(result.first);
      second.assign(result.second);
      variable.assign(result.parameter);
    });
  }
}

/**
 * Makes moments, by default 0.
 *
 * @param values First and second moments in the order of `shape`.
 */
export function makeMoments(shape: number[], values: readonly Float32Array[] = []): Moments {
  const [first, second] = [0, 1].map((i) => {
    const initial = values[i] === undefined ? tf.zeros(shape) : tf.tensor(values[i], shape);
    const variable = tf.variable(initial, false);
    initial.dispose();
    return variable;
  });
  return { first: first!, second: second!, updates: 0 };
}

/** Frees all moments. */
export function disposeAdam(state: AdamState): void {
  for (const { first, second } of state.values()) tf.dispose([first, second]);
  state.clear();
}
