/**
 * One forward and backward pass.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { UNetParameters } from "../model/parameters.ts";
import { runUNet } from "../model/pconv_unet.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import type { BatchNormStatistics } from "../ops/batch_norm.ts";
import type { TrainingTask } from "../task/types.ts";
import { type LatticePlanes, networkInput } from "./network_input.ts";
import { computeObjective, type FeatureExtractor, needsFeatures } from "./objective.ts";

/** One batch as the data side delivers it. */
export interface TrainingBatch {
  /** `[n, h, w, 3]`, 0..255. */
  readonly rgb255: Uint8Array;
  /** `[n, h, w]`, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** What the network is given, where that is not the truth; @default {undefined} The truth, and no guess */
  readonly lattice?: LatticePlanes;
}

/** What {@linkcode computeGradients} works on. */
export interface GradientRequest {
  readonly task: TrainingTask;
  readonly config: UNetConfig;
  readonly parameters: UNetParameters;
  /** 0-based, decides weights of losses and what is held. */
  readonly step: number;
  readonly batch: TrainingBatch;
  /** Side of the square crops in pixels. */
  readonly size: number;
  /** Needed if a loss of the task needs features. */
  readonly extractFeatures?: FeatureExtractor;
}

/** What a pass gives. The caller disposes of all tensors with {@linkcode disposeGradients}. */
export interface GradientResult {
  /** By parameter path; held parameters have none. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  /** By layer path; held layers have none. */
  readonly batchStatistics: ReadonlyMap<string, BatchNormStatistics>;
  /** "total" first, then the unweighted losses by name. */
  readonly losses: readonly (readonly [name: string, value: tf.Scalar])[];
}

/** Runs the network on a batch in training mode and differentiates the task's objective. */
export function computeGradients(request: GradientRequest): GradientResult {
  const { task, config, parameters, step, batch, size, extractFeatures } = request;
  const holds = (path: string) => task.freezes.some((freeze) => freeze.holdsStatistics(path, step));
  const free = [...parameters.trained.values()].filter(({ info }) =>
    !task.freezes.some((freeze) => freeze.holdsParameter(info, step))
  );
  const n = batch.holeMask.length / (size * size);
  let batchStatistics: ReadonlyMap<string, BatchNormStatistics> = new Map();
  const losses: (readonly [string, tf.Scalar])[] = [];
  const gradients = new Map<string, tf.Tensor>();
  tf.tidy(() => {
    const bytes = tf.tensor4d(batch.rgb255, [n, size, size, 3], "float32");
    const target = tf.div(bytes, 255) as tf.Tensor4D;
    const holeMask = tf.tensor4d(batch.holeMask, [n, size, size, 1], "float32");
    const validMask = tf.sub(1, holeMask) as tf.Tensor4D;
    // Outside of the differentiated function: nothing of it is kept for a way back that nobody goes.
    const targetFeatures = extractFeatures !== undefined && needsFeatures(task, step)
      ? tf.tidy(() => extractFeatures(target))
      : undefined;
    // The base has no parameters, so it is data too.
    const { masked, fills, truthMask } = networkInput(config, {
      target,
      validMask,
      lattice: batch.lattice,
    });
    const { value, grads } = tf.variableGrads(() => {
      const result = runUNet(config, parameters, masked, {
        usesBatchStatistics: (path) => !holds(path),
        ...(fills === undefined ? {} : { fills }),
      });
      batchStatistics = result.batchStatistics;
      const { total, parts } = computeObjective(task, {
        target,
        output: result.output,
        validMask: truthMask,
        step,
        ...(extractFeatures === undefined ? {} : { extractFeatures }),
        ...(targetFeatures === undefined ? {} : { targetFeatures }),
      });
      for (const [name, part] of parts) losses.push([name, tf.keep(part)]);
      return total;
    }, free.map(({ variable }) => variable));
    losses.unshift(["total", tf.keep(value)]);
    for (const { info, variable } of free) gradients.set(info.path, tf.keep(grads[variable.name]!));
  });
  return { gradients, batchStatistics, losses };
}

/** Frees what {@linkcode computeGradients} returned. */
export function disposeGradients({ gradients, batchStatistics, losses }: GradientResult): void {
  tf.dispose([...gradients.values()]);
  for (const { mean, variance } of batchStatistics.values()) tf.dispose([mean, variance]);
  tf.dispose(losses.map(([, value]) => value));
}
