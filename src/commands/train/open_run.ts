/**
 * The state and settings that a training run starts from: new ones, or those of a checkpoint.
 * @module
 */
import { join } from "node:path";
import type { Backend } from "../../backend/open_backend.ts";
import {
  type BestSoFar,
  type DataFingerprint,
  readCheckpoint,
} from "../../checkpoint/checkpoint.ts";
import { readNetwork } from "../../checkpoint/weights.ts";
import { UsageError } from "../../errors.ts";
import { initializeParameters, type UNetParameters } from "../../model/parameters.ts";
import { sizeMultiple } from "../../model/unet_config.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { createRandom } from "../../random.ts";
import type { TaskCatalog } from "../../task/types.ts";
import type { TrainingState } from "../../training/state.ts";
import {
  completeSettings,
  networkOf,
  type SomeSettings,
  type TrainingCommand,
} from "./resolve_settings.ts";
import { namesIn, RUN_FILES, runFolderOf } from "./run_folder.ts";
import { makeTask, type RunSettings } from "./run_settings.ts";
import { resumeSettings } from "./training_request.ts";

/** A run before its first step, or where it stopped. */
export interface OpenedRun {
  readonly state: TrainingState;
  readonly settings: RunSettings;
  readonly best?: BestSoFar;
  /** The files that a run that goes on was trained on, if its checkpoint says so. */
  readonly dataBefore?: DataFingerprint;
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

/**
 * Completes settings. The steps are written down, so that the run keeps them if the recipe's change.
 *
 * @throws {UsageError} If the network cannot take crops of the size.
 */
export function newSettings(
  catalog: TaskCatalog,
  command: TrainingCommand,
  given: SomeSettings,
  config: UNetConfig,
): RunSettings {
  const settings = completeSettings(given, command, config);
  checkCropSize(settings, config);
  const { steps } = makeTask(catalog, settings);
  return completeSettings({ ...given, steps }, command, config);
}

/**
 * Reads the state of a run that goes on.
 *
 * @param resume A run folder or a checkpoint.
 * @param typed Settings that change from there on.
 * @throws {UsageError} If there is no such file, the settings contradict each other, or the run is past its new end.
 * @throws {WeightsError} If it is no checkpoint.
 */
export async function openStoredRun(
  catalog: TaskCatalog,
  resume: string,
  typed: SomeSettings,
): Promise<OpenedRun> {
  const { run, data, ...rest } = await readCheckpoint(await checkpointOf(resume));
  const settings = resumeSettings(catalog, run, typed);
  const { step } = rest.state;
  // Of the new end only: a finished run may be resumed, which changes nothing.
  if (typed.steps !== undefined && typed.steps < step) {
    throw new UsageError(
      `Cannot resume "${resume}" with --steps ${typed.steps}: it is at step ${step}, ` +
        `--steps must be at least ${step}`,
    );
  }
  return { ...rest, settings, ...(data === undefined ? {} : { dataBefore: data }) };
}

/** A run folder stands for its checkpoint. */
async function checkpointOf(path: string): Promise<string> {
  let isFolder: boolean;
  try {
    isFolder = (await Deno.stat(path)).isDirectory;
  } catch (cause) {
    throw new UsageError(`Cannot resume from "${path}": there is no such file or folder`, {
      cause,
    });
  }
  if (!isFolder) return path;
  if ((await namesIn(path)).includes(RUN_FILES.checkpoint)) return join(path, RUN_FILES.checkpoint);
  throw new UsageError(`Cannot resume from "${path}": it holds no "${RUN_FILES.checkpoint}"`, {
    hint: "A run stores its first one after --checkpoint-every steps; if it ended before, " +
      "start it anew with the same command",
  });
}

/** The folder in which a run goes on: that of its checkpoint. */
export function resumedFolder(resume: string): string {
  return resume.endsWith(".safetensors") ? runFolderOf(resume) : resume;
}

/**
 * Refuses crops that the network cannot take, before any data is read.
 *
 * @throws {UsageError} If their side is no multiple of the network's.
 */
function checkCropSize({ size }: RunSettings, config: UNetConfig): void {
  const multiple = sizeMultiple(config);
  if (size % multiple === 0) return;
  throw new UsageError(
    `Cannot train on crops of ${size} pixels: the network has ${config.encoder.length} levels, ` +
      `--size must be a multiple of ${multiple}`,
  );
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
