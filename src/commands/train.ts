/**
 * `pconv train` and `pconv finetune`.
 * @module
 */
import { join, resolve } from "node:path";
import { openBackend } from "../backend/open_backend.ts";
import { readCheckpoint } from "../checkpoint/checkpoint.ts";
import { readNetwork } from "../checkpoint/weights.ts";
import type { ParsedOptions } from "../cli/flags.ts";
import type { CommandIo } from "../cli/io.ts";
import { EXIT, UsageError } from "../errors.ts";
import { initializeParameters, listParameters, type UNetParameters } from "../model/parameters.ts";
import { PRESETS, type UNetConfig } from "../model/unet_config.ts";
import { createRandom } from "../random.ts";
import { describeTask } from "../task/describe.ts";
import type { TaskCatalog } from "../task/types.ts";
import type { TrainingState } from "../training/state.ts";
import { checkHoleRatio } from "./hole_ratio.ts";
import { CROP_DEFAULTS, makeTask, type RunSettings } from "./run_settings.ts";
import { CHECKPOINT_FILE, runTraining } from "./training_run.ts";

type Options = ParsedOptions<"train" | "finetune">["options"];

/** Over a base the output outside of the hole is not trained, so a loss on known pixels would undo the rest. */
const DEFAULT_RECIPES = {
  train: { none: "reconstruction", pyramid: "refine" },
  finetune: { none: "reconstruction-finetune", pyramid: "refine-finetune" },
} as const;

/**
 * Makes the runner of `train` and `finetune` for a catalog of parts.
 *
 * @param catalogUrl URL of the module that exports it as `catalog`, for threads.
 */
export function createTrainCommand(catalog: TaskCatalog, catalogUrl: string) {
  return async (parsed: ParsedOptions<"train" | "finetune">, io: CommandIo): Promise<number> => {
    const { options } = parsed;
    checkHoleRatio("--mask-ratio", options.maskRatio);
    // Everything that can be wrong with the request is found before a device is opened.
    if (options.recipe !== undefined) {
      makeTask(catalog, freshSettings(parsed, freshConfig(options)));
    }
    if (options.dryRun) return await printPlan(catalog, parsed, io);
    if (options.output !== undefined) await checkRunFolder(options.output, options.resume);
    const backend = await openBackend(options.device, { log: io.log });
    const { state, settings } = options.resume === undefined
      ? await startRun(parsed)
      : await resumeRun(options.resume, parsed);
    if (settings.replicas > 1 && backend.device !== "cpu") {
      throw new UsageError(
        `Cannot train with ${settings.replicas} replicas on the GPU: --replicas must be 1, ` +
          "or --device cpu",
      );
    }
    if (settings.replicas > settings.batch) {
      throw new UsageError(
        `Cannot share a batch of ${settings.batch} between ${settings.replicas} replicas: ` +
          "--replicas must not exceed --batch",
      );
    }
    const folder = options.output ?? folderOf(options.resume!);
    return await runTraining({
      task: makeTask(catalog, settings),
      state,
      settings,
      catalogUrl,
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
function freshSettings(
  { command, options }: ParsedOptions<"train" | "finetune">,
  { base }: UNetConfig,
): RunSettings {
  const crops = CROP_DEFAULTS[presetOf(options)];
  return {
    recipe: options.recipe ?? DEFAULT_RECIPES[command][base],
    steps: options.steps,
    learningRate: options.learningRate,
    images: options.images ?? "",
    size: options.size ?? crops.size,
    batch: options.batch ?? crops.batch,
    seed: options.seed,
    replicas: options.replicas,
    maskRatio: options.maskRatio,
  };
}

function presetOf(options: Options) {
  return ("preset" in options ? options.preset : undefined) ?? "lite";
}

/** The network that flags ask for. */
function freshConfig(options: Options): UNetConfig {
  const preset = PRESETS[presetOf(options)];
  return { ...preset, base: options.base ?? preset.base };
}

async function startRun(
  parsed: ParsedOptions<"train" | "finetune">,
): Promise<{ state: TrainingState; settings: RunSettings }> {
  const { weights, seed } = parsed.options;
  let config = freshConfig(parsed.options);
  let parameters: UNetParameters;
  if (weights === undefined) parameters = initializeParameters(config, createRandom(seed));
  else ({ config, parameters } = await readNetwork(weights));
  const state: TrainingState = { config, parameters, optimizer: new Map(), step: 0 };
  return { state, settings: freshSettings(parsed, config) };
}

async function resumeRun(
  resume: string,
  { options, given }: ParsedOptions<"train" | "finetune">,
): Promise<{ state: TrainingState; settings: RunSettings }> {
  const { state, run } = await readCheckpoint(await checkpointOf(resume));
  const stored = JSON.parse(run) as RunSettings;
  const settings: RunSettings = {
    ...stored,
    steps: options.steps ?? stored.steps,
    learningRate: options.learningRate ?? stored.learningRate,
    images: options.images ?? stored.images,
    size: options.size ?? stored.size,
    batch: options.batch ?? stored.batch,
    replicas: given.has("replicas") ? options.replicas : stored.replicas,
    maskRatio: given.has("mask-ratio") ? options.maskRatio : stored.maskRatio,
  };
  return { state, settings };
}

/** A run folder stands for its checkpoint. */
async function checkpointOf(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).isDirectory ? join(path, CHECKPOINT_FILE) : path;
  } catch (cause) {
    throw new UsageError(`Cannot resume from "${path}": there is no such file or folder`, {
      cause,
    });
  }
}

function folderOf(resume: string): string {
  return resume.endsWith(".safetensors") ? join(resume, "..") : resume;
}

/** A new run may not replace another one. */
async function checkRunFolder(folder: string, resume: string | undefined): Promise<void> {
  if (resume !== undefined && resolve(folder) === resolve(folderOf(resume))) return;
  const isTaken = await Deno.stat(join(folder, CHECKPOINT_FILE)).then(() => true, () => false);
  if (!isTaken) return;
  throw new UsageError(
    `Cannot start a run in "${folder}": it holds a checkpoint, --output must be a new folder`,
    { hint: `Go on with it by --resume ${folder}, or remove it` },
  );
}

async function printPlan(
  catalog: TaskCatalog,
  parsed: ParsedOptions<"train" | "finetune">,
  io: CommandIo,
): Promise<number> {
  const { options } = parsed;
  let config = freshConfig(options);
  let settings = freshSettings(parsed, config);
  if (options.weights !== undefined || options.resume !== undefined) {
    // The file knows the network; the CPU is only needed to hold it.
    await openBackend("cpu", { log: () => {} });
    const started = options.resume === undefined
      ? await startRun(parsed)
      : await resumeRun(options.resume, parsed);
    ({ state: { config }, settings } = started);
  }
  await io.print(describeTask(makeTask(catalog, settings), listParameters(config)));
  return EXIT.done;
}
