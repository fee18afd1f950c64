/**
 * What decides a training run, beside the network: stored in its checkpoints.
 * @module
 */
import { didYouMean } from "../edit_distance.ts";
import { UsageError } from "../errors.ts";
import type { PresetName } from "../model/unet_config.ts";
import type { RecipeOptions, TaskCatalog, TrainingTask } from "../task/types.ts";

/** Settings of a run; all of them are needed to go on with it to the same bits. */
export interface RunSettings {
  readonly recipe: string;
  /** Length of the whole run in optimiser steps. */
  readonly steps: number | undefined;
  /** Highest learning rate, if not the recipe's. */
  readonly learningRate: number | undefined;
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
}

/** Crops per preset: those of the paper, and what two CPU cores carry. */
export const CROP_DEFAULTS: Readonly<Record<PresetName, { size: number; batch: number }>> = {
  paper: { size: 512, batch: 6 },
  lite: { size: 128, batch: 8 },
  tiny: { size: 32, batch: 4 },
};

/**
 * Makes the task that settings name.
 *
 * @throws {UsageError} If the catalog has no such recipe.
 */
export function makeTask(catalog: TaskCatalog, settings: RunSettings): TrainingTask {
  const recipe = catalog.recipes.get(settings.recipe);
  if (recipe === undefined) {
    throw new UsageError(
      `Unknown recipe "${settings.recipe}": ${didYouMean(settings.recipe, catalog.recipes.keys())}`,
    );
  }
  return recipe(recipeOptions(settings));
}

/** What settings change of their recipe. */
export function recipeOptions({ steps, learningRate }: RunSettings): RecipeOptions {
  return {
    ...(steps === undefined ? {} : { steps }),
    ...(learningRate === undefined ? {} : { learningRate }),
  };
}
