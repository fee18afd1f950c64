/**
 * Everything that a training run needs to go on.
 * @module
 */
import { disposeParameters, type UNetParameters } from "../model/parameters.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { type AdamState, disposeAdam } from "./adam.ts";
import type { LossSums } from "./loss_means.ts";

/** The whole state of a run. Data is drawn by (seed, step), so the step is the position in it. */
export interface TrainingState {
  /** The network's layers. */
  readonly config: UNetConfig;
  /** The network's numbers. */
  readonly parameters: UNetParameters;
  /** Adam's moments; an empty map before the first step. */
  readonly optimizer: AdamState;
  /** Optimiser steps done. */
  step: number;
  /** Losses since the last line of the log, if the run stands between two lines. */
  lossSums?: LossSums | undefined;
}

/** Frees all tensors of a run. */
export function disposeTrainingState({ parameters, optimizer }: TrainingState): void {
  disposeParameters(parameters);
  disposeAdam(optimizer);
}
