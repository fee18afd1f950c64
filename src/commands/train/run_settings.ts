/**
 * What decides a training run: stored in its checkpoints, written to its `config.json`, read by `--config`.
 * @module
 */
import type { Base, Convolution, HoleValue, PresetName } from "../../model/unet_config.ts";
import { resolveTask, type TaskSpec } from "../../task/resolve.ts";
import type { TaskCatalog, TrainingTask } from "../../task/types.ts";

/**
 * Settings of a run, as flat JSON; all of them are needed to go on with it to the same bits. An optional key is
 * left out where the recipe, the preset or the weights decide. Paths are relative to the working directory.
 */
export interface RunSettings {
  /** Name in the catalog. */
  readonly recipe: string;
  /** Length of the whole run in optimiser steps, if not the recipe's. */
  readonly steps?: number;
  /** Highest learning rate, if not the recipe's. */
  readonly learningRate?: number;
  /** Weights that differ from the recipe's, by loss; 0 removes a loss. */
  readonly losses?: Readonly<Record<string, { readonly weight: number }>>;
  /** Names of the freezes, in place of the recipe's. */
  readonly freezes?: readonly string[];
  /** Network size; left out if weights are given. */
  readonly preset?: PresetName;
  /** First guess that the network adds to; left out if weights are given. */
  readonly base?: Base;
  /** Kind of convolution; left out if weights are given. */
  readonly convolution?: Convolution;
  /** For typical convolutions; left out if weights are given. */
  readonly holeValue?: HoleValue;
  /** Name or file of the weights to start from. */
  readonly weights?: string;
  /** Folder of photographs. */
  readonly images: string;
  /** Side of the square crops in pixels. */
  readonly size: number;
  /** Crops per step. */
  readonly batch: number;
  readonly seed: number;
  /** Threads that share a batch; decides how batch norm sees it. */
  readonly replicas: number;
  /** Share of a crop that is hole. */
  readonly maskRatio: readonly [number, number];
  /** Folder of mask files; left out if masks are made from the seed. */
  readonly masks?: string;
  /** Which colour is hole in `masks`. */
  readonly maskPolarity: "white" | "black" | "auto";
  /** Pixels by which the holes of `masks` are widened. */
  readonly maskDilate: readonly [number, number];
  /** Share of the crops that are lattices, that is, pictures to be enlarged; the rest has irregular holes. */
  readonly latticeShare: number;
  /** Least and largest scale of these, whole numbers. */
  readonly scales: readonly [number, number];
  /** File of VGG-16 weights. */
  readonly vgg?: string;
  /** "auto": some of the images; "none"; or a folder. */
  readonly validation: string;
  /** In steps. */
  readonly validateEvery: number;
  /** Most images to validate on. */
  readonly validationCount: number;
  /** Images on a preview sheet; 0 for none. */
  readonly previews: number;
  /** In steps. */
  readonly checkpointEvery: number;
  /** Steps between two checkpoints that stay. */
  readonly keepEvery?: number;
  /** In steps. */
  readonly reportEvery: number;
  /** Threads that prepare crops. */
  readonly workers: number;
}

/** Crops per preset: those of the paper, and what two CPU cores carry. */
export const CROP_DEFAULTS: Readonly<Record<PresetName, { size: number; batch: number }>> = {
  paper: { size: 512, batch: 6 },
  lite: { size: 128, batch: 8 },
  tiny: { size: 32, batch: 4 },
};

/** The part of the settings that decides the task. */
export function taskSpec(settings: RunSettings): TaskSpec {
  const { recipe, steps, learningRate, losses, freezes } = settings;
  return {
    recipe,
    ...(steps === undefined ? {} : { steps }),
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(losses === undefined ? {} : { losses }),
    ...(freezes === undefined ? {} : { freezes }),
  };
}

/**
 * Makes the task that settings name.
 *
 * @throws {UsageError} If the catalog lacks the recipe, a loss or a freeze.
 */
export function makeTask(catalog: TaskCatalog, settings: RunSettings): TrainingTask {
  return resolveTask(catalog, taskSpec(settings));
}
