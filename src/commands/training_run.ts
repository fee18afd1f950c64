/**
 * One training run on disk: data, loop, log, checkpoints.
 * @module
 */
import { basename, join } from "node:path";
import { writeCheckpoint } from "../checkpoint/checkpoint.ts";
import { sourceCommit } from "../checkpoint/source_version.ts";
import { encodeWeights } from "../checkpoint/weights.ts";
import type { CommandIo } from "../cli/io.ts";
import { writeFileAtomic } from "../data/atomic_write.ts";
import { listDataset } from "../data/folder_dataset.ts";
import { openSamples } from "../data/sample_stream.ts";
import { EXIT } from "../errors.ts";
import type { Backend } from "../backend/open_backend.ts";
import type { TrainingTask } from "../task/types.ts";
import { type StepReport, train } from "../training/loop.ts";
import type { TrainingState } from "../training/state.ts";
import { openReplicas } from "../training/replicas.ts";
import { recipeOptions, type RunSettings } from "./run_settings.ts";

/** Names within a run folder. */
export const CHECKPOINT_FILE = "checkpoint.safetensors";
const WEIGHTS_FILE = "weights.safetensors";
const LOG_FILE = "log.jsonl";

/** Options of {@linkcode runTraining}. */
export interface TrainingRunOptions {
  readonly task: TrainingTask;
  /** URL of the module that exports the catalog, for threads that make the task again. */
  readonly catalogUrl: string;
  readonly state: TrainingState;
  readonly settings: RunSettings;
  /** Run folder. */
  readonly folder: string;
  readonly backend: Backend;
  readonly workers: number;
  /** In steps. */
  readonly reportEvery: number;
  /** In steps. */
  readonly checkpointEvery: number;
  readonly io: CommandIo;
}

/**
 * Trains to the end, to Ctrl-C or to divergence; in the first two cases the run folder then holds a checkpoint
 * and weights of the last step, in the third those of the last good one.
 *
 * @returns 0 or 130.
 * @throws {DivergenceError} If the loss is not finite.
 */
export async function runTraining(options: TrainingRunOptions): Promise<number> {
  const { task, state, settings, folder, backend, io } = options;
  const { size, batch: batchSize, seed, maskRatio } = settings;
  const images = await listDataset(settings.images);
  await Deno.mkdir(folder, { recursive: true });
  await cutLog(folder, state.step);
  io.log(
    `training: ${images.length} images, task "${task.name}", steps ${state.step} to ${task.steps}`,
  );
  const samples = openSamples({
    images,
    size,
    batchSize,
    seed,
    maskRatio,
    workers: options.workers,
    onBadImage: (path, message) => io.warn(`left out "${path}": ${message}`),
  });
  const replicas = settings.replicas === 1 ? undefined : await openReplicas({
    task,
    source: {
      catalogUrl: options.catalogUrl,
      recipe: settings.recipe,
      options: recipeOptions(settings),
    },
    state,
    count: settings.replicas,
    size,
  });
  const startStep = state.step;
  const startMs = performance.now();
  let savedStep = -1;
  const save = async () => {
    if (savedStep === state.step) return;
    await saveRun(options);
    savedStep = state.step;
  };
  try {
    const reports = train(task, state, {
      batch: (step) => samples.batch(step),
      size,
      ...(replicas === undefined ? {} : { computeGradients: replicas.compute }),
      signal: io.signal,
      // One report a step would read the device each time; the caller's checkpoints fall on reports.
      reportEvery: gcd(options.reportEvery, options.checkpointEvery),
    });
    for await (const report of reports) {
      backend.assertHealthy();
      if (
        report.step % options.reportEvery === 0 || report.step === task.steps
      ) {
        await logReport(folder, report);
        const imagesPerSecond = batchSize * 1000 / report.stepMs;
        io.progress.update({
          done: report.step - startStep,
          total: task.steps - startStep,
          unit: "steps",
          text: `step ${report.step}  loss ${report.total.toFixed(4)}  ` +
            `${imagesPerSecond.toFixed(1)} images/s`,
        });
      }
      if (report.step % options.checkpointEvery === 0) await save();
    }
  } finally {
    replicas?.close();
    await samples.close();
  }
  await save();
  const minutes = (performance.now() - startMs) / 60_000;
  io.progress.finish(
    `${io.signal.aborted ? "interrupted" : "done"} at step ${state.step} after ` +
      `${minutes.toFixed(1)} min: ${join(folder, WEIGHTS_FILE)}`,
  );
  return io.signal.aborted ? EXIT.interrupted : EXIT.done;
}

async function saveRun({ state, settings, folder, task }: TrainingRunOptions): Promise<void> {
  await writeCheckpoint(join(folder, CHECKPOINT_FILE), { state, run: JSON.stringify(settings) });
  const weights = await encodeWeights(state.config, state.parameters, {
    recipe: task.name,
    steps: state.step,
    data: basename(settings.images),
    licence: "unstated",
    commit: await sourceCommit(),
  });
  await writeFileAtomic(join(folder, WEIGHTS_FILE), weights);
}

async function logReport(folder: string, report: StepReport): Promise<void> {
  await Deno.writeTextFile(join(folder, LOG_FILE), `${JSON.stringify(report)}\n`, { append: true });
}

/** Drops what a killed run logged after the checkpoint that this one starts from; it is logged again. */
async function cutLog(folder: string, step: number): Promise<void> {
  const path = join(folder, LOG_FILE);
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  });
  const lines = text.split("\n").filter((line) => {
    try {
      return (JSON.parse(line) as StepReport).step <= step;
    } catch {
      return false; // the end of a line that a killed run did not finish
    }
  });
  const kept = lines.map((line) => `${line}\n`).join("");
  if (kept !== text) await writeFileAtomic(path, new TextEncoder().encode(kept));
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
