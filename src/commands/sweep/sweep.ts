/**
 * `pconv sweep`.
 * @module
 */
import { join } from "node:path";
import { openBackend } from "../../backend/open_backend.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, UsageError } from "../../errors.ts";
import { specFaults } from "../../task/resolve.ts";
import type { TaskCatalog } from "../../task/types.ts";
import { disposeTrainingState } from "../../training/state.ts";
import { checkRunPlace } from "../train/check_run_place.ts";
import { checkReplicas, newSettings, openNewRun } from "../train/open_run.ts";
import { formatSettings, overlay, typedSettings } from "../train/resolve_settings.ts";
import { planData } from "../train/run_data.ts";
import { makeTask, type RunSettings, taskSpec } from "../train/run_settings.ts";
import { openSweepFolder, SWEEP_FILES } from "./sweep_folder.ts";
import { planSweep, storedPlan } from "./sweep_plan.ts";
import { isFinished, sweepMarkdown } from "./sweep_results.ts";
import { type Weights, weightSettings } from "./sweep_space.ts";
import { runTrial } from "./sweep_trial.ts";
import { readTrainingRequest } from "../train/training_request.ts";
import { openVggFeatures } from "../train/vgg_features.ts";

/**
 * Makes the runner of `sweep` for a catalog of parts.
 *
 * All trials have seed, data, first weights and validation images in common, so that only the weights of the
 * losses differ. The best config leaves out the `--steps` of the trials, which are mostly shorter than a training.
 *
 * @param catalogUrl URL of the module that exports it as `catalog`, for threads.
 */
export function createSweepCommand(catalog: TaskCatalog, catalogUrl: string) {
  return async ({ options, given: flags }: ParsedOptions<"sweep">, io: CommandIo) => {
    const { output, metric } = options;
    const { steps: typedSteps, ...typed } = typedSettings({ options, given: flags });
    const command = typed.weights === undefined ? "train" : "finetune";
    const usual = await readTrainingRequest({
      ...{ catalog, command, typed },
      config: options.config,
      stdin: io.stdin,
      needed: ["images"],
    });
    const given = typedSteps === undefined ? usual : { ...usual, steps: typedSteps };
    const { vary, mode, trials: draws, seed } = options;
    const plan = planSweep({ vary, mode, trials: draws, seed: given.seed ?? seed });
    // All of a request is checked before the first trial.
    const backend = await openBackend(options.device, { log: io.log });
    const { settings, state } = await openNewRun(catalog, command, given);
    disposeTrainingState(state);
    checkReplicas(settings, backend);
    const { steps } = makeTask(catalog, settings);
    checkLosses(catalog, settings, plan.trials);
    await checkValidation(settings);
    await checkRunPlace(output, settings);
    const features = await openFeatures(catalog, settings, plan.trials);

    using sweep = await openSweepFolder({
      folder: output,
      plan: storedPlan(plan, settings),
      metric,
      configOf: ({ losses }) => {
        const chosen = overlay(usual, { losses: weightSettings(losses) });
        return formatSettings(newSettings(catalog, command, chosen, state.config));
      },
      warn: io.warn,
    });
    const count = plan.trials.length;
    io.log(`sweep: ${count} trials of ${steps} steps, ${sweep.results.length} done before`);
    for (const [i, losses] of plan.trials.entries()) {
      const number = i + 1;
      if (sweep.results.some(({ trial }) => trial === number)) continue;
      const folder = sweep.trialFolder(number);
      const result = io.signal.aborted ? undefined : await runTrial({
        ...{ catalog, catalogUrl, command, given, steps, losses, number, count, features },
        ...{ folder, backend, io },
      });
      if (result === undefined) {
        io.log(`sweep: interrupted at trial ${number}; the same command goes on with it`);
        return EXIT.interrupted;
      }
      await sweep.add(result);
    }
    // Perhaps by another metric than before.
    await sweep.write();
    await io.print(sweepMarkdown(sweep.results, metric));
    if (!sweep.results.some(isFinished)) return EXIT.someFailed;
    io.log(`sweep: the best trial as a config file: ${join(output, SWEEP_FILES.best)}`);
    return EXIT.done;
  };
}

/**
 * Looks up the losses of all trials.
 *
 * @throws {UsageError} If one is unknown, or a trial would have none.
 */
function checkLosses(
  catalog: TaskCatalog,
  settings: RunSettings,
  trials: readonly Weights[],
): void {
  const faults = trials.flatMap((losses) =>
    specFaults(catalog, {
      ...taskSpec(settings),
      losses: { ...settings.losses, ...weightSettings(losses) },
    })
  );
  if (faults.length > 0) throw new UsageError([...new Set(faults)].join("\n"));
}

/**
 * Looks for validation images.
 *
 * @throws {UsageError} If there are none to compare the trials by.
 */
async function checkValidation(settings: RunSettings): Promise<void> {
  const { validation, note } = await planData(settings);
  if (validation.length > 0) return;
  throw new UsageError(`Cannot sweep without validation images: validation is ${note}`, {
    hint: "Name a folder of images with --validation",
  });
}

/** Opens VGG-16 if any trial needs it. */
async function openFeatures(
  catalog: TaskCatalog,
  settings: RunSettings,
  trials: readonly Weights[],
): ReturnType<typeof openVggFeatures> {
  for (const losses of trials) {
    const merged = { ...settings.losses, ...weightSettings(losses) };
    const features = await openVggFeatures(
      makeTask(catalog, { ...settings, losses: merged }),
      settings.vgg,
    );
    if (features !== undefined) return features;
  }
  return undefined;
}
