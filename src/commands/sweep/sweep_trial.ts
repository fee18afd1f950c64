/**
 * One trial of a sweep: a training run of its own.
 * @module
 */
import { join } from "node:path";
import type { Backend } from "../../backend/open_backend.ts";
import type { CommandIo } from "../../cli/io.ts";
import { DivergenceError, EXIT } from "../../errors.ts";
import type { TaskCatalog } from "../../task/types.ts";
import type { OpenReplicasOptions } from "../../training/replicas.ts";
import { disposeTrainingState } from "../../training/state.ts";
import type { MeanScores } from "../../training/validate.ts";
import { openNewRun, openStoredRun } from "../train/open_run.ts";
import { overlay, type SomeSettings, type TrainingCommand } from "../train/resolve_settings.ts";
import { readLines, RUN_FILES } from "../train/run_folder.ts";
import { makeTask } from "../train/run_settings.ts";
import type { TrialResult } from "./sweep_results.ts";
import { type Weights, weightSettings } from "./sweep_space.ts";
import { runTraining } from "../train/training_run.ts";

/** Options of {@linkcode runTrial}. */
export interface RunTrialOptions {
  readonly catalog: TaskCatalog;
  /** URL of the module that exports the catalog, for threads. */
  readonly catalogUrl: string;
  /** Decides the recipe where nobody names one. */
  readonly command: TrainingCommand;
  /** Settings of the sweep that somebody gave. */
  readonly given: SomeSettings;
  /** Steps of the trial. */
  readonly steps: number;
  /** What this trial tries. */
  readonly losses: Weights;
  /** From 1. */
  readonly number: number;
  /** How many trials there are. */
  readonly count: number;
  /** Run folder. */
  readonly folder: string;
  readonly backend: Backend;
  /** Needed if a loss of the trial needs features. */
  readonly features: OpenReplicasOptions["features"];
  readonly io: CommandIo;
}

/** Settings of a trial: those given, with its weights; it is measured at its end, if nobody wants it more often. */
export function trialSettings(given: SomeSettings, steps: number, losses: Weights): SomeSettings {
  return overlay({ validateEvery: steps, ...given }, { losses: weightSettings(losses) });
}

/**
 * Runs a trial to its end, from where it stopped if it was begun before.
 *
 * @returns What it gave, also if it diverged; undefined if it was interrupted.
 */
export async function runTrial(options: RunTrialOptions): Promise<TrialResult | undefined> {
  const { catalog, catalogUrl, command, steps, losses, number, folder, backend, features } =
    options;
  const startMs = performance.now();
  const isBegun = await Deno.stat(join(folder, RUN_FILES.checkpoint)).then(() => true, () => false);
  const run = isBegun
    ? await openStoredRun(catalog, folder, {})
    : await openNewRun(catalog, command, trialSettings(options.given, steps, losses));
  const ended = () => ({
    trial: number,
    losses,
    elapsedMs: Math.round(performance.now() - startMs),
  });
  try {
    const code = await runTraining({
      ...run,
      ...(features === undefined ? {} : { features }),
      task: makeTask(catalog, run.settings),
      catalogUrl,
      folder,
      backend,
      io: trialIo(options),
    });
    if (code === EXIT.interrupted) return undefined;
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    options.io.warn(`trial ${number} is out: ${error.message}`);
    return { ...ended(), failed: error.message };
  } finally {
    disposeTrainingState(run.state);
  }
  const lines = await readLines<MeanScores & { readonly step: number }>(
    join(folder, RUN_FILES.validation),
  );
  // runTraining() measures at the last step.
  const { step, count, l1Percent, psnr, ssim, holePsnr } = lines.at(-1)!;
  return { ...ended(), step, count, l1Percent, psnr, ssim, holePsnr };
}

/** Says which trial a line is about. */
function trialIo({ io, number, count }: RunTrialOptions): CommandIo {
  const name = `trial ${number}/${count}`;
  return {
    ...io,
    log: (line) => io.log(`${name}: ${line}`),
    progress: {
      update: (update) => io.progress.update({ ...update, text: `${name}  ${update.text}` }),
      finish: (text) => io.progress.finish(text === undefined ? undefined : `${name}: ${text}`),
    },
  };
}
