/**
 * The training loop.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { DivergenceError } from "../errors.ts";
import { BATCH_NORM_MOMENTUM, type BatchNormStatistics } from "../ops/batch_norm.ts";
import type { TrainingTask } from "../task/types.ts";
import { applyAdam } from "./adam.ts";
import {
  computeGradients,
  disposeGradients,
  type GradientResult,
  type TrainingBatch,
} from "./gradients.ts";
import type { FeatureExtractor } from "./objective.ts";
import type { TrainingState } from "./state.ts";

/** Options of {@linkcode train}. */
export interface TrainOptions {
  /** Gives the batch of a step; the same step must give the same batch. */
  readonly batch: (step: number) => Promise<TrainingBatch>;
  /** Side of the square crops in pixels. */
  readonly size: number;
  /** A report is yielded every so many steps, and after the last. */
  readonly reportEvery: number;
  /** Further steps, counted as done, that end in a report: for checkpoints and the like. @default none */
  readonly reportsAt?: (step: number) => boolean;
  /** Needed if a loss of the task needs features. */
  readonly extractFeatures?: FeatureExtractor;
  /** Ends the loop after the step that is under way, with a report of it. */
  readonly signal?: AbortSignal;
  /**
   * Computes the gradients of a step.
   * @default This thread, on the active backend
   */
  readonly computeGradients?: (step: number, batch: TrainingBatch) => Promise<GradientResult>;
}

/** What happened since the last report. */
export interface StepReport {
  /** Optimiser steps done. */
  readonly step: number;
  /** Weighted sum of the losses at the last step. */
  readonly total: number;
  /** Unweighted losses by name at the last step. */
  readonly parts: Readonly<Record<string, number>>;
  readonly learningRate: number;
  /** Names of the freezes that hold something at the last step. */
  readonly held: readonly string[];
  /** Milliseconds a step took, mean since the last report. */
  readonly stepMs: number;
  /**
   * Share of the wall time since the last report, in `[0, 1]`, in which the loop waited for a batch. A GPU may
   * still have had work queued meanwhile.
   */
  readonly waitShare: number;
}

/**
 * Trains from `state.step` to the task's end, updating `state` in place.
 *
 * Yields every `reportEvery` steps; the caller decides about logs, checkpoints and stopping (by leaving the
 * loop). Losses are read from the device only then.
 *
 * @throws {DivergenceError} If a reported total is not finite. The state is then useless. (A finite total says
 * nothing of the gradients of that step: who stores a state looks at its numbers, as `encodeCheckpoint` does.)
 */
export async function* train(
  task: TrainingTask,
  state: TrainingState,
  options: TrainOptions,
): AsyncGenerator<StepReport> {
  let stepsSinceReport = 0;
  let startedMs = performance.now();
  let waitedMs = 0;
  while (state.step < task.steps) {
    const step = state.step;
    const askedMs = performance.now();
    const batch = await options.batch(step);
    waitedMs += performance.now() - askedMs;
    const { config, parameters } = state;
    const { size, extractFeatures } = options;
    const result = options.computeGradients === undefined
      ? computeGradients({
        task,
        config,
        parameters,
        step,
        batch,
        size,
        ...(extractFeatures === undefined ? {} : { extractFeatures }),
      })
      : await options.computeGradients(step, batch);
    applyAdam(parameters.trained, result.gradients, state.optimizer, task.learningRate(step));
    updateStatistics(state, result.batchStatistics);
    state.step = step + 1;
    stepsSinceReport += 1;
    const isStopped = options.signal?.aborted === true;
    const isLast = isStopped || state.step === task.steps;
    const isDue = state.step % options.reportEvery === 0 ||
      options.reportsAt?.(state.step) === true;
    if (isLast || isDue) {
      // The one place where the loop waits for the device.
      const values = await Promise.all(result.losses.map(async ([name, value]) => {
        const [number] = await value.data();
        return [name, number!] as const;
      }));
      disposeGradients(result);
      const parts = Object.fromEntries(values.slice(1));
      const total = values[0]![1];
      if (!Number.isFinite(total)) throw new DivergenceError(step, parts);
      const spentMs = performance.now() - startedMs;
      yield {
        step: step + 1,
        total,
        parts,
        learningRate: task.learningRate(step),
        held: heldFreezes(task, state, step),
        stepMs: spentMs / stepsSinceReport,
        waitShare: waitedMs / spentMs,
      };
      [stepsSinceReport, waitedMs] = [0, 0];
      startedMs = performance.now();
    } else disposeGradients(result);
    if (isStopped) return;
  }
}

/** `running ← 0.9 · running + 0.1 · batch`. */
function updateStatistics(
  { parameters }: TrainingState,
  batchStatistics: ReadonlyMap<string, BatchNormStatistics>,
): void {
  for (const [path, { mean, variance }] of batchStatistics) {
    const running = parameters.statistics.get(path)!;
    tf.tidy(() => {
      const blend = (old: tf.Tensor1D, fresh: tf.Tensor1D) =>
        tf.add(tf.mul(old, 1 - BATCH_NORM_MOMENTUM), tf.mul(fresh, BATCH_NORM_MOMENTUM));
      running.mean.assign(blend(running.mean, mean) as tf.Tensor1D);
      running.variance.assign(blend(running.variance, variance) as tf.Tensor1D);
    });
  }
}

function heldFreezes(task: TrainingTask, { parameters }: TrainingState, step: number): string[] {
  return task.freezes.filter((freeze) =>
    [...parameters.trained.values()].some(({ info }) => freeze.holdsParameter(info, step)) ||
    [...parameters.statistics.keys()].some((path) => freeze.holdsStatistics(path, step))
  ).map(({ name }) => name);
}
