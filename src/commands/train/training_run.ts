/**
 * One training run on disk: data, loop, feedback, checkpoints.
 * @module
 */
import { join } from "node:path";
import type { Backend } from "../../backend/open_backend.ts";
import type { BestSoFar, DataFingerprint } from "../../checkpoint/checkpoint.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { DivergenceError, EXIT } from "../../errors.ts";
import type { TrainingTask } from "../../task/types.ts";
import { train } from "../../training/loop.ts";
import { openReplicas, type OpenReplicasOptions } from "../../training/replicas.ts";
import type { TrainingState } from "../../training/state.ts";
import { validate, type ValidationScores } from "../../training/validate.ts";
import { checkRunPlace } from "./check_run_place.ts";
import { isFinished } from "./finished_run.ts";
import { formatSettings, type TrainingCommand } from "./resolve_settings.ts";
import { type Checkpoints, checkStoredStep, openCheckpoints } from "./run_checkpoints.ts";
import { openData, type RunData } from "./run_data.ts";
import { type Feedback, openFeedback } from "./run_feedback.ts";
import { lockRunFolder, readLines, rewindRunFolder, RUN_FILES } from "./run_folder.ts";
import { type RunSettings, taskSpec } from "./run_settings.ts";
import { scoresText } from "./scores_text.ts";
import { watchFreezing } from "./watch_freezing.ts";

/** Options of {@linkcode runTraining}. */
export interface TrainingRunOptions {
  readonly task: TrainingTask;
  /** URL of the module that exports the catalog, for threads that make the task again. */
  readonly catalogUrl: string;
  readonly state: TrainingState;
  readonly settings: RunSettings;
  /** Where the run was best, if it goes on from a checkpoint that says so. */
  readonly best?: BestSoFar | undefined;
  /** The files that the run was trained on before, if it goes on from a checkpoint that says so. */
  readonly dataBefore?: DataFingerprint | undefined;
  /** The command that goes on with the run, to be named after Ctrl-C. @default {undefined} Nothing is named */
  readonly command?: TrainingCommand;
  /** The clock of checkpoints; see `openCheckpoints`. */
  readonly now?: () => number;
  /** Run folder. */
  readonly folder: string;
  readonly backend: Backend;
  /** Needed if a loss of the task needs features. */
  readonly features?: OpenReplicasOptions["features"];
  readonly io: CommandIo;
}

/** The parts of a run that is under way. */
interface Run extends TrainingRunOptions {
  /** Files that could not be used so far; grows. */
  readonly leftOut: readonly unknown[];
  readonly data: RunData;
  readonly checkpoints: Checkpoints;
  readonly feedback: Feedback;
  /** Step at which this process began. */
  readonly startStep: number;
}

/**
 * Trains to the end, to Ctrl-C or to divergence; in the first two cases the run folder then holds a checkpoint
 * and weights of the last step, in the third those of the last good one. A run that is done already stays as it is.
 *
 * @returns 0 or 130.
 * @throws {DivergenceError} If a loss or the state is not finite; the hint says what is kept.
 * @throws {UsageError} If the folder lies among the images, another process works there, or it holds the checkpoint
 * of another step.
 * @throws {InputError} If the data cannot be used, or a file cannot be written.
 */
export async function runTraining(options: TrainingRunOptions): Promise<number> {
  const { task, state, settings, folder, io } = options;
  const leftOut: { path: string; message: string }[] = [];
  const onLeftOut = (path: string, message: string) => {
    leftOut.push({ path, message });
    io.warn(`left out "${path}": ${message}`);
  };
  if (await isFinished(options)) {
    const at = `at step ${state.step} of ${task.steps}`;
    io.log(`nothing is left to do: "${folder}" is ${at}, --steps must be more`);
    return EXIT.done;
  }
  // Before the folder is made: a request that cannot be met leaves nothing behind.
  await checkRunPlace(folder, settings);
  const data = await openData(settings, { io, onLeftOut });
  warnOfOtherData(options.dataBefore, data.fingerprint, io);
  try {
    using _lock = await lockRunFolder(folder, io.warn);
    await checkStoredStep(folder, state.step);
    await rewindRunFolder(folder, state.step);
    const text = new TextEncoder().encode(`${formatSettings(settings)}\n`);
    await writeFileAtomic(join(folder, RUN_FILES.config), text);
    const checkpoints = await openCheckpoints({
      ...options,
      best: options.best,
      data: data.fingerprint,
    });
    const feedback = await openFeedback({
      ...{ folder, task, settings, leftOut },
      config: state.config,
      stepsDone: state.step,
    });
    io.log(
      `training: ${data.count} images, task "${task.name}", steps ${state.step} to ${task.steps}`,
    );
    const run = { ...options, data, leftOut, checkpoints, feedback, startStep: state.step };
    try {
      return await runSteps(run);
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      await feedback.report("diverged", { best: checkpoints.best, note: error.message });
      throw new DivergenceError(error.step, error.parts, {
        culprit: error.culprit,
        cause: error,
        hint: whatIsKept(checkpoints.savedStep, folder),
      });
    }
  } finally {
    await data.samples.close();
  }
}

function whatIsKept(savedStep: number | undefined, folder: string): string {
  if (savedStep === undefined) {
    return "Nothing was stored yet: begin anew with a lower --learning-rate";
  }
  const path = join(folder, RUN_FILES.checkpoint);
  return `The good state of step ${savedStep} is kept in "${path}": go on from it with ` +
    `--resume ${folder} and a lower --learning-rate`;
}

/** Everything between opening and closing. */
async function runSteps(run: Run): Promise<number> {
  const { task, state, settings, folder, io, feedback, checkpoints } = run;
  const { size, keepEvery } = settings;
  const isKept = (step: number) =>
    step % settings.checkpointEvery === 0 || (keepEvery !== undefined && step % keepEvery === 0);
  const isMeasured = (step: number) =>
    run.data.pairs.length > 0 && (step % settings.validateEvery === 0 || step === task.steps);
  const freezing = watchFreezing(run);
  const startMs = performance.now();
  // A process that was stopped while it validated owes the result; and given weights are what all later states are
  // compared with.
  const done = await readLines<{ step: number; holePsnr: number }>(
    join(folder, RUN_FILES.validation),
  );
  const last = done.at(-1);
  const isDue = state.step > 0 ? isMeasured(state.step) : settings.weights !== undefined;
  const isOwed = isDue && run.data.pairs.length > 0 && last?.step !== state.step;
  if (isOwed) await settle(run, { isMeasured: true, isKept: false });
  // One that was killed between the result and the best weights owes these.
  else if (last?.step === state.step && checkpoints.isBetter(last.holePsnr)) {
    await checkpoints.save(last.holePsnr);
  }

  const replicas = settings.replicas === 1 ? undefined : await openReplicas({
    task,
    source: { catalogUrl: run.catalogUrl, spec: taskSpec(settings) },
    state,
    count: settings.replicas,
    size,
    ...(run.features === undefined ? {} : { features: run.features }),
  });
  try {
    await freezing.check();
    const reports = train(task, state, {
      batch: (step) => run.data.samples.batch(step),
      size,
      ...(replicas === undefined ? {} : { computeGradients: replicas.compute }),
      ...(run.features === undefined ? {} : { extractFeatures: run.features.extract }),
      signal: io.signal,
      reportEvery: settings.reportEvery,
      reportsAt: (step) => isKept(step) || isMeasured(step) || step === freezing.step,
    });
    for await (const report of reports) {
      run.backend.assertHealthy();
      const { step } = report;
      if (step % settings.reportEvery === 0 || step === task.steps) {
        await feedback.logged(report);
        const perSecond = settings.batch * 1000 / report.stepMs;
        showProgress(
          run,
          `step ${step}  loss ${report.total.toFixed(4)}  ${perSecond.toFixed(1)} images/s  ` +
            `data wait ${Math.round(100 * report.waitShare)} %`,
        );
      }
      await settle(run, {
        isMeasured: isMeasured(step),
        isKept: isKept(step) || checkpoints.isOverdue(),
      });
      // Before another step: a validation that was cut short is owed at this one.
      if (io.signal.aborted) break;
      await freezing.check();
    }
  } finally {
    replicas?.close();
  }
  await checkpoints.save();
  const { best } = checkpoints;
  await feedback.report(io.signal.aborted ? "interrupted" : "done", { best });
  sayWhatWasAmiss(run);
  const minutes = (performance.now() - startMs) / 60_000;
  const bestText = best === undefined
    ? ""
    : ` (best at step ${best.step}, hole PSNR ${best.holePsnr.toFixed(2)} dB)`;
  io.progress.finish(
    `${io.signal.aborted ? "interrupted" : "done"} at step ${state.step} after ` +
      `${minutes.toFixed(1)} min: ${join(folder, RUN_FILES.weights)}${bestText}${goOnText(run)}`,
  );
  return io.signal.aborted ? EXIT.interrupted : EXIT.done;
}

/** Says how to go on with a run that was interrupted. */
function goOnText({ command, folder, io }: Run): string {
  if (!io.signal.aborted || command === undefined) return "";
  return `, go on with: pconv ${command} --resume ${folder}`;
}

/** Says if a run goes on with other files than it began with. */
function warnOfOtherData(before: DataFingerprint | undefined, now: DataFingerprint, io: CommandIo) {
  if (before === undefined) return;
  for (const kind of ["images", "masks"] as const) {
    if (before[kind]?.sha256 === now[kind]?.sha256) continue;
    const [countNow, countThen] = [now[kind]?.count ?? 0, before[kind]?.count ?? 0];
    io.warn(
      `the ${kind} differ from those of the checkpoint: ${countNow} now, ${countThen} then; ` +
        "the run goes on, but not to the same bits",
    );
  }
}

/** Counts what was said one by one hours ago. */
function sayWhatWasAmiss({ leftOut, data, folder, io }: Run): void {
  const { missedRatios } = data.samples;
  if (leftOut.length > 0) {
    io.warn(
      `left out ${leftOut.length} ${leftOut.length === 1 ? "file" : "files"} in all, listed in ` +
        `"${join(folder, RUN_FILES.report)}"`,
    );
  }
  if (missedRatios > 0) io.warn(`${missedRatios} masks in all were outside of --mask-ratio`);
}

/** Measures and stores the state as far as it is due; a better one than ever is always stored. */
async function settle(
  run: Run,
  { isMeasured, isKept }: { isMeasured: boolean; isKept: boolean },
): Promise<void> {
  const { state, checkpoints, feedback, io } = run;
  const scores = isMeasured ? await measure(run) : undefined;
  const holePsnr = scores?.holePsnr;
  const isBetter = holePsnr !== undefined && checkpoints.isBetter(holePsnr);
  if (scores !== undefined) {
    io.log(`step ${state.step}: ${scoresText(scores, { isBest: isBetter })}`);
  }
  if (isKept || isBetter) await checkpoints.save(holePsnr);
  if (isKept || isMeasured) await feedback.report("running", { best: checkpoints.best });
}

/** Validates. Returns undefined if it was stopped. */
async function measure(run: Run): Promise<ValidationScores | undefined> {
  const { state, settings, data, backend, io, feedback } = run;
  const startMs = performance.now();
  const validation = await validate(state, {
    pairs: data.pairs,
    size: settings.size,
    batchSize: settings.batch,
    fills: settings.previews,
    signal: io.signal,
    onProgress: (done) => {
      backend.assertHealthy();
      showProgress(run, `validating ${done}/${data.pairs.length}`);
    },
  });
  if (validation === undefined) return undefined;
  await feedback.validated(state.step, validation, performance.now() - startMs);
  return validation.scores;
}

function showProgress({ task, state, startStep, io }: Run, text: string): void {
  io.progress.update({
    done: state.step - startStep,
    total: task.steps - startStep,
    unit: "steps",
    text,
  });
}
