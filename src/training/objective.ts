/**
 * From a batch to a loss.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { composite } from "../ops/composite.ts";
import type { LossInputs, TrainingTask } from "../task/types.ts";

/** Computes feature maps of an image, coarse last. */
export type FeatureExtractor = (rgb01: tf.Tensor4D) => tf.Tensor4D[];

/** What {@linkcode computeObjective} needs of a step. */
export interface ObjectiveInputs {
  /** rgb01 `[n, h, w, 3]`. */
  readonly target: tf.Tensor4D;
  /** rgb01 `[n, h, w, 3]`. */
  readonly output: tf.Tensor4D;
  /** `[n, h, w, 1]`, 1 = known. */
  readonly validMask: tf.Tensor4D;
  readonly step: number;
  /** Needed if a loss of the task needs features. */
  readonly extractFeatures?: FeatureExtractor;
  /** Features of `target`, if they are known already; else they are computed when asked for. */
  readonly targetFeatures?: readonly tf.Tensor4D[];
}

/** A weighted sum with its parts. */
export interface Objective {
  /** `Σ weight · loss`. */
  readonly total: tf.Scalar;
  /** Unweighted losses by name, only those whose weight is not 0. */
  readonly parts: ReadonlyMap<string, tf.Scalar>;
}

/** True if a loss that counts at this step asks for features. */
export function needsFeatures({ terms }: TrainingTask, step: number): boolean {
  return terms.some(({ loss, weight }) => loss.needsFeatures && weight(step) !== 0);
}

/**
 * Evaluates the terms of a task. Losses of weight 0 are not computed; features are computed once an image.
 *
 * @returns Scalars owned by the caller's scope.
 * @throws {Error} If a loss asks for features and there is no extractor.
 */
export function computeObjective(task: TrainingTask, inputs: ObjectiveInputs): Objective {
  const { target, output, validMask, step, extractFeatures } = inputs;
  const features = new Map<string, readonly tf.Tensor4D[]>();
  if (inputs.targetFeatures !== undefined) features.set("target", inputs.targetFeatures);
  let filled: tf.Tensor4D | undefined;
  const lossInputs: LossInputs = {
    target,
    output,
    validMask,
    get composite() {
      filled ??= composite(output, target, validMask);
      return filled;
    },
    features(of) {
      const known = features.get(of);
      if (known !== undefined) return known;
      if (extractFeatures === undefined) {
        throw new Error("Cannot compute features: the task was started without an extractor");
      }
      const computed = extractFeatures(lossInputs[of]);
      features.set(of, computed);
      return computed;
    },
  };
  const parts = new Map<string, tf.Scalar>();
  let total: tf.Scalar = tf.scalar(0);
  for (const { loss, weight } of task.terms) {
    const factor = weight(step);
    if (factor === 0) continue;
    const value = loss.compute(lossInputs);
    parts.set(loss.name, value);
    total = tf.add(total, tf.mul(value, factor));
  }
  return { total, parts };
}
