/**
 * The shape of a training task. Types only: this folder knows no concrete loss, schedule or freeze.
 *
 * A task is a plain record and a *part* is a function from record to record, so composing a task is
 * composing functions. Decisions depend on the step alone, never on tensor values: they can be printed
 * before a run and survive a resume.
 * @module
 */
import type { Scalar, Tensor4D } from "@tensorflow/tfjs";

/** Value at optimiser step `step`, 0-based, counted from the task's own start. */
export type Schedule<T> = (step: number) => T;

/** What a loss may look at. Images are rgb01 (range `[0, 1]`), `[n, h, w, 3]`. Losses must not dispose them. */
export interface LossInputs {
  /** The undamaged image. */
  readonly target: Tensor4D;
  /** The network's output at every pixel. */
  readonly output: Tensor4D;
  /** `output` in the hole, `target` elsewhere. */
  readonly composite: Tensor4D;
  /** `[n, h, w, 1]`, exactly 1 = known pixel, 0 = hole. */
  readonly validMask: Tensor4D;
  /** Feature maps of one of the images, coarse last; computed at most once per image and step. */
  features(of: "target" | "output" | "composite"): readonly Tensor4D[];
}

/** One term of the objective. */
export interface Loss {
  /** Unique within a task; used as the log column. */
  readonly name: string;
  /** True if `features()` is called, so that VGG weights are loaded only when needed. */
  readonly needsFeatures: boolean;
  /** Unweighted, differentiable, no side effects. */
  compute(inputs: LossInputs): Scalar;
}

/** What a freeze may know of a parameter. */
export interface ParameterInfo {
  /** For example "encoder/2/batch_norm/gamma". */
  readonly path: string;
  /** What it does in its layer; gamma and beta are batch norm's scale and shift. */
  readonly role: "kernel" | "bias" | "gamma" | "beta";
  /** Kernels are HWIO, all others `[c]`. */
  readonly shape: readonly number[];
}

/** Holds parameters or batch norm statistics; either question may always be answered with false. */
export interface Freeze {
  /** Unique within a task; logs say it while the freeze holds something. */
  readonly name: string;
  /** No gradient, no update, optimiser moments untouched. */
  holdsParameter(parameter: ParameterInfo, step: number): boolean;
  /** Batch norm reads stored statistics and leaves them unchanged. `layerPath` is like "encoder/2/batch_norm". */
  holdsStatistics(layerPath: string, step: number): boolean;
}

/** One loss with its weight. A weight of 0 at a step means that the loss is neither computed nor reported. */
export interface Term {
  /** What is computed. */
  readonly loss: Loss;
  /** Its factor in the objective, 0 or more. */
  readonly weight: Schedule<number>;
}

/** A whole training run, as a value. */
export interface TrainingTask {
  /** Of the recipe, for messages and files. */
  readonly name: string;
  /** Optimiser steps. */
  readonly steps: number;
  /** The objective is their weighted sum. */
  readonly terms: readonly Term[];
  /** Of Adam, above 0. */
  readonly learningRate: Schedule<number>;
  /** What any of them holds is held. */
  readonly freezes: readonly Freeze[];
}

/** Something that changes a task: a loss, a freeze, a rate, a length. */
export type TaskPart = (task: TrainingTask) => TrainingTask;

/** What a user may change of a recipe without writing one. */
export interface RecipeOptions {
  /** Optimiser steps; default: the recipe's. */
  readonly steps?: number;
  /** Highest learning rate; default: the recipe's. */
  readonly learningRate?: number;
}

/** Makes a task. */
export type Recipe = (options?: RecipeOptions) => TrainingTask;

/** What `main.ts` hands to the program; the names are those that flags and config files use. */
export interface TaskCatalog {
  /** By the value of `--recipe`. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** By the key of `losses` in config files. */
  readonly losses: ReadonlyMap<string, () => Loss>;
  /** By the value of `--freeze`. */
  readonly freezes: ReadonlyMap<string, () => Freeze>;
}
