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
import { meansOf, openLossMeans } from "./loss_means.ts";
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
  /**
   * Weighted sum of the losses, mean over the steps since the last multiple of `reportEvery`. Other reports
   * do not interrupt it, so a log of every so many steps says the same whatever else is reported.
   */
  readonly total: number;
  /** Unweighted losses by name, each its mean over those of the same steps at which its weight was not 0. */
  readonly parts: Readonly<Record<string, number>>;
  /** At the last step. */
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
 * loop). Losses are added up on the device and read only then. `state.lossSums` holds them if the report falls
 * between two multiples of `reportEvery`, so that a run that goes on from there reports the same means.
 *
 * @throws {DivergenceError} If the total of any step since the last report is not finite; it names the step of the
 * report. The state is then useless. (A finite total says nothing of the gradients of the last step: who stores a
 * state looks at its numbers, as `encodeCheckpoint` does.)
 */
export async function* train(
  task: TrainingTask,
  state: TrainingState,
  options: TrainOptions,
): AsyncGenerator<StepReport> {
  let stepsSinceReport = 0;
  let startedMs = performance.now();
  let waitedMs = 0;
  const means = openLossMeans(state.lossSums);
  try {
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
      means.add(result.losses);
      disposeGradients(result);
      state.step = step + 1;
      stepsSinceReport += 1;
      // Where batches are ready, nothing else lets Ctrl-C be heard.
      await new Promise((resolve) => setTimeout(resolve));
      const isStopped = options.signal?.aborted === true;
      const isWhole = state.step % options.reportEvery === 0 || state.step === task.steps;
      if (isStopped || isWhole || options.reportsAt?.(state.step) === true) {
        // The one place where the loop waits for the device.
        const sums = await means.read();
        const { total, parts } = meansOf(sums);
        if (!Number.isFinite(total)) throw new DivergenceError(step, parts);
        if (isWhole) means.reset();
        state.lossSums = isWhole ? undefined : sums;
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
      }
      if (isStopped) return;
    }
  } finally {
    means.reset();
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
