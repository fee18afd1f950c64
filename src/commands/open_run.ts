/**
 * The state and settings that a training run starts from: new ones, or those of a checkpoint.
 * @module
 */
import { join } from "node:path";
import type { Backend } from "../backend/open_backend.ts";
import { type BestSoFar, readCheckpoint } from "../checkpoint/checkpoint.ts";
import { readNetwork } from "../checkpoint/weights.ts";
import { UsageError } from "../errors.ts";
import { initializeParameters, type UNetParameters } from "../model/parameters.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { createRandom } from "../random.ts";
import type { TaskCatalog } from "../task/types.ts";
import type { TrainingState } from "../training/state.ts";
import {
  completeSettings,
  networkOf,
  type SomeSettings,
  type TrainingCommand,
} from "./resolve_settings.ts";
import { RUN_FILES, runFolderOf } from "./run_folder.ts";
import { makeTask, type RunSettings } from "./run_settings.ts";
import { resumeSettings } from "./training_request.ts";

/** A run before its first step, or where it stopped. */
export interface OpenedRun {
  readonly state: TrainingState;
  readonly settings: RunSettings;
  readonly best?: BestSoFar;
}

/**
 * Makes the state of a new run on the active backend.
 *
 * @param given Settings that somebody gave, checked.
 * @throws {WeightsError} If weights are given and cannot be read.
 */
export async function openNewRun(
  catalog: TaskCatalog,
  command: TrainingCommand,
  given: SomeSettings,
): Promise<OpenedRun> {
  let config = networkOf(given);
  let parameters: UNetParameters | undefined;
  if (given.weights !== undefined) ({ config, parameters } = await readNetwork(given.weights));
  const settings = newSettings(catalog, command, given, config);
  parameters ??= initializeParameters(config, createRandom(settings.seed));
  return { settings, state: { config, parameters, optimizer: new Map(), step: 0 } };
}

/** Completes settings. The steps are written down, so that the run keeps them if the recipe's change. */
export function newSettings(
  catalog: TaskCatalog,
  command: TrainingCommand,
  given: SomeSettings,
  config: UNetConfig,
): RunSettings {
  const settings = completeSettings(given, command, config);
  const { steps } = makeTask(catalog, settings);
  return completeSettings({ ...given, steps }, command, config);
}

/**
 * Reads the state of a run that goes on.
 *
 * @param resume A run folder or a checkpoint.
 * @param typed Settings that change from there on.
 * @throws {UsageError} If there is no such file, or the settings contradict each other.
 * @throws {WeightsError} If it is no checkpoint.
 */
export async function openStoredRun(
  catalog: TaskCatalog,
  resume: string,
  typed: SomeSettings,
): Promise<OpenedRun> {
  const { run, ...rest } = await readCheckpoint(await checkpointOf(resume));
  return { ...rest, settings: resumeSettings(catalog, run, typed) };
}

/** A run folder stands for its checkpoint. */
async function checkpointOf(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).isDirectory ? join(path, RUN_FILES.checkpoint) : path;
  } catch (cause) {
    throw new UsageError(`Cannot resume from "${path}": there is no such file or folder`, {
      cause,
    });
  }
}

/** The folder in which a run goes on: that of its checkpoint. */
export function resumedFolder(resume: string): string {
  return resume.endsWith(".safetensors") ? runFolderOf(resume) : resume;
}

/**
 * Refuses replicas on the GPU: they are threads of the CPU.
 *
 * @throws {UsageError} If the run has some and the device is no CPU.
 */
export function checkReplicas({ replicas }: RunSettings, { device }: Backend): void {
  if (replicas === 1 || device === "cpu") return;
  throw new UsageError(
    `Cannot train with ${replicas} replicas on the GPU: --replicas must be 1, or --device cpu`,
  );
}
