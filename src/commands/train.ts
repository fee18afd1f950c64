/**
 * `pconv train` and `pconv finetune`.
 * @module
 */
import { join } from "node:path";
import { openBackend } from "../backend/open_backend.ts";
import { readCheckpoint } from "../checkpoint/checkpoint.ts";
import { readNetwork } from "../checkpoint/weights.ts";
import type { ParsedOptions } from "../cli/flags.ts";
import type { CommandIo } from "../cli/io.ts";
import { EXIT, UsageError } from "../errors.ts";
import { initializeParameters, listParameters } from "../model/parameters.ts";
import { PRESETS, type UNetConfig } from "../model/unet_config.ts";
import { createRandom } from "../random.ts";
import { describeTask } from "../task/describe.ts";
import type { TaskCatalog } from "../task/types.ts";
import type { TrainingState } from "../training/state.ts";
import { CROP_DEFAULTS, makeTask, type RunSettings } from "./run_settings.ts";
import { CHECKPOINT_FILE, runTraining } from "./training_run.ts";

type Options = ParsedOptions<"train" | "finetune">["options"];

const DEFAULT_RECIPES = { train: "reconstruction", finetune: "reconstruction-finetune" } as const;

/** Makes the runner of `train` and `finetune` for a catalog of parts. */
export function createTrainCommand(catalog: TaskCatalog) {
  return async (parsed: ParsedOptions<"train" | "finetune">, io: CommandIo): Promise<number> => {
    const { options } = parsed;
    const fresh = freshSettings(options, DEFAULT_RECIPES[parsed.command]);
    if (options.dryRun) return await printPlan(catalog, fresh, options, io);
    // Everything that can be wrong with the request is found before a device is opened.
    if (options.resume === undefined) makeTask(catalog, fresh);
    const backend = await openBackend(options.device, { log: io.log });
    const { state, settings } = options.resume === undefined
      ? await startRun(options, fresh)
      : await resumeRun(options.resume, options);
    const folder = options.output ?? folderOf(options.resume!);
    return await runTraining({
      task: makeTask(catalog, settings),
      state,
      settings,
      folder,
      backend,
      workers: options.workers,
      reportEvery: options.reportEvery,
      checkpointEvery: options.checkpointEvery,
      io,
    });
  };
}

/** The settings that flags give to a new run. */
function freshSettings(options: Options, recipe: string): RunSettings {
  const crops = CROP_DEFAULTS[presetOf(options)];
  return {
    recipe: options.recipe ?? recipe,
    steps: options.steps,
    learningRate: options.learningRate,
    images: options.images ?? "",
    size: options.size ?? crops.size,
    batch: options.batch ?? crops.batch,
    seed: options.seed,
    maskRatio: options.maskRatio,
  };
}

function presetOf(options: Options) {
  return ("preset" in options ? options.preset : undefined) ?? "lite";
}

async function startRun(
  options: Options,
  settings: RunSettings,
): Promise<{ state: TrainingState; settings: RunSettings }> {
  if (options.weights !== undefined) {
    const { config, parameters } = await readNetwork(options.weights);
    return { state: { config, parameters, optimizer: new Map(), step: 0 }, settings };
  }
  const preset = PRESETS[presetOf(options)];
  const config: UNetConfig = { ...preset, base: options.base ?? preset.base };
  const parameters = initializeParameters(config, createRandom(settings.seed));
  return { state: { config, parameters, optimizer: new Map(), step: 0 }, settings };
}

async function resumeRun(resume: string, options: Options) {
  const { state, run } = await readCheckpoint(await checkpointOf(resume));
  const stored = JSON.parse(run) as RunSettings;
  const settings: RunSettings = {
    ...stored,
    steps: options.steps ?? stored.steps,
    learningRate: options.learningRate ?? stored.learningRate,
    images: options.images ?? stored.images,
    size: options.size ?? stored.size,
    batch: options.batch ?? stored.batch,
  };
  return { state, settings };
}

/** A run folder stands for its checkpoint. */
async function checkpointOf(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).isDirectory ? join(path, CHECKPOINT_FILE) : path;
  } catch (cause) {
    throw new UsageError(`Cannot resume from "${path}": there is no such file or folder`, { cause });
  }
}

function folderOf(resume: string): string {
  return resume.endsWith(".safetensors") ? join(resume, "..") : resume;
}

async function printPlan(
  catalog: TaskCatalog,
  settings: RunSettings,
  options: Options,
  io: CommandIo,
): Promise<number> {
  const preset = PRESETS[presetOf(options)];
  const parameters = listParameters({ ...preset, base: options.base ?? preset.base });
  await io.print(describeTask(makeTask(catalog, settings), parameters));
  return EXIT.done;
}
