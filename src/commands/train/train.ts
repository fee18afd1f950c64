/**
 * `pconv train` and `pconv finetune`.
 * @module
 */
import { join, resolve } from "node:path";
import { openBackend } from "../../backend/open_backend.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, UsageError } from "../../errors.ts";
import type { TaskCatalog } from "../../task/types.ts";
import {
  checkReplicas,
  newSettings,
  openNewRun,
  openStoredRun,
  resumedFolder,
} from "./open_run.ts";
import {
  formatSettings,
  networkOf,
  type SomeSettings,
  type TrainingLine,
  typedSettings,
} from "./resolve_settings.ts";
import { RUN_FILES } from "./run_folder.ts";
import { makeTask, type RunSettings } from "./run_settings.ts";
import { describePlan } from "./training_plan.ts";
import { readTrainingRequest } from "./training_request.ts";
import { openVggFeatures } from "./vgg_features.ts";

/**
 * Makes the runner of `train` and `finetune` for a catalog of parts.
 *
 * @param catalogUrl URL of the module that exports it as `catalog`, for threads.
 */
export function createTrainCommand(catalog: TaskCatalog, catalogUrl: string) {
  return async (line: TrainingLine, io: CommandIo): Promise<number> => {
    const { options } = line;
    const { output, resume } = options;
    const given = resume === undefined ? await readRequest(catalog, line, io) : typedSettings(line);
    if (options.dryRun || options.printConfig) return await printPlan(catalog, line, given, io);
    if (output !== undefined) await checkRunFolder(output, resume);
    const backend = await openBackend(options.device, { log: io.log });
    const run = resume === undefined
      ? await openNewRun(catalog, line.command, given)
      : await openStoredRun(catalog, resume, given);
    const { settings } = run;
    checkReplicas(settings, backend);
    const task = makeTask(catalog, settings);
    const features = await openVggFeatures(task, settings.vgg);
    // Loaded late: `--dry-run` and `--print-config` need none of it.
    const { runTraining } = await import("./training_run.ts");
    return await runTraining({
      ...run,
      ...(features === undefined ? {} : { features }),
      task,
      catalogUrl,
      command: line.command,
      folder: output ?? resumedFolder(resume!),
      backend,
      io,
    });
  };
}

async function readRequest(
  catalog: TaskCatalog,
  line: TrainingLine,
  { stdin }: CommandIo,
): Promise<SomeSettings> {
  const { command, options } = line;
  const { config, dryRun, printConfig } = options;
  return await readTrainingRequest({
    catalog,
    command,
    config,
    stdin,
    typed: typedSettings(line),
    needed: [
      ...(dryRun || printConfig ? [] : ["images"] as const),
      ...(command === "train" || printConfig ? [] : ["weights"] as const),
    ],
  });
}

/** A new run may not replace another one. */
async function checkRunFolder(folder: string, resume: string | undefined): Promise<void> {
  if (resume !== undefined && resolve(folder) === resolve(resumedFolder(resume))) return;
  const isTaken = await Deno.stat(join(folder, RUN_FILES.checkpoint)).then(() => true, () => false);
  if (!isTaken) return;
  throw new UsageError(
    `Cannot start a run in "${folder}": it holds a checkpoint, --output must be a new folder`,
    { hint: `Go on with it by --resume ${folder}, or remove it` },
  );
}

async function printPlan(
  catalog: TaskCatalog,
  line: TrainingLine,
  given: SomeSettings,
  io: CommandIo,
): Promise<number> {
  const { command, options } = line;
  let config = networkOf(given);
  let settings: RunSettings;
  if (given.weights !== undefined || options.resume !== undefined) {
    // The file knows the network; the CPU is only needed to hold it.
    await openBackend("cpu", { log: () => {} });
    const opened = options.resume === undefined
      ? await openNewRun(catalog, command, given)
      : await openStoredRun(catalog, options.resume, given);
    ({ state: { config }, settings } = opened);
  } else settings = newSettings(catalog, command, given, config);
  await io.print(
    options.printConfig
      ? formatSettings(settings)
      : await describePlan({ task: makeTask(catalog, settings), settings, config }),
  );
  return EXIT.done;
}
