/**
 * When and where a run stores its state: the last, the best, and every so many steps one that stays.
 * @module
 */
import { basename, join } from "node:path";
import {
  type BestSoFar,
  type DataFingerprint,
  encodeCheckpoint,
  readMetadata,
} from "../../checkpoint/checkpoint.ts";
import { sourceCommit } from "../../checkpoint/source_version.ts";
import { encodeWeights } from "../../checkpoint/weights.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { InputError, UsageError } from "../../errors.ts";
import type { TrainingTask } from "../../task/types.ts";
import type { TrainingState } from "../../training/state.ts";
import { namesIn, RUN_FILES, stepFile } from "./run_folder.ts";
import type { RunSettings } from "./run_settings.ts";

/** Options of {@linkcode openCheckpoints}. */
export interface CheckpointsOptions {
  readonly folder: string;
  readonly task: TrainingTask;
  readonly state: TrainingState;
  readonly settings: RunSettings;
  /** What the checkpoint says that the run starts from. */
  readonly best: BestSoFar | undefined;
  /** The files that the run is trained on. */
  readonly data?: DataFingerprint;
  /** Milliseconds, never going back. @default {performance.now} */
  readonly now?: () => number;
}

/** Milliseconds after which a state is worth storing whatever its step: slow steps shall not cost more than this. */
const OVERDUE_MS = 600_000;

/** The stored states of a run. */
export interface Checkpoints {
  /** Where the run was best so far. */
  readonly best: BestSoFar | undefined;
  /** Step of the last stored state, if there is one in the folder. */
  readonly savedStep: number | undefined;
  /**
   * Stores the state, unless it is stored already; and as the best one if `holePsnr` is higher than before.
   *
   * @throws {DivergenceError} If a number of the state is not finite; what was stored before stays.
   * @throws {InputError} If a file cannot be written; what was stored before stays.
   */
  save(holePsnr?: number): Promise<void>;
  /** True if nothing was stored for ten minutes. */
  isOverdue(): boolean;
  /** True if `holePsnr` is higher than before. */
  isBetter(holePsnr: number): boolean;
}

/**
 * Refuses a folder whose stored states are not those that the run goes on from: they would be lost.
 *
 * @param step Optimiser steps done, 0 for a new run.
 * @throws {UsageError} If the folder's checkpoint is of another step, or a new run finds anything else stored.
 */
export async function checkStoredStep(folder: string, step: number): Promise<void> {
  const stored = await storedStep(join(folder, RUN_FILES.checkpoint), "step");
  // Step 0 too: given weights are measured, and may be stored as the best, before the first step.
  if (stored === step) return;
  if (step === 0) {
    const { checkpoint, weights, best, kept } = RUN_FILES;
    const names = await namesIn(folder);
    const found = [checkpoint, weights, best, kept].find((name) => names.includes(name));
    if (found === undefined) return;
    throw new UsageError(
      `Cannot start a run in "${folder}": it holds "${found}", --output must be a new folder`,
    );
  }
  if (stored === undefined) return;
  throw new UsageError(
    `Cannot go on from step ${step} in "${folder}": its checkpoint is of step ${stored}`,
    { hint: "Give --output a new folder" },
  );
}

/**
 * Opens the stored states of a run. If the run died between its checkpoint and the files made from the same state,
 * they are made now.
 */
export async function openCheckpoints(options: CheckpointsOptions): Promise<Checkpoints> {
  const { folder, state, settings, data, now = () => performance.now() } = options;
  const at = (name: string) => join(folder, name);
  let savedStep = await storedStep(at(RUN_FILES.checkpoint), "step");
  // Saved by another process, perhaps with other settings: to be written anew.
  let isFresh = false;
  let best = options.best;
  let storedMs = now();
  if (best !== undefined && await storedStep(at(RUN_FILES.best), "steps") !== best.step) {
    if (best.step === state.step) {
      await writeFileAtomic(at(RUN_FILES.best), await weightsOf(options));
    } else best = undefined; // a run that goes on in a new folder leaves its best state behind
  }
  const { keepEvery } = settings;
  const isKept = () => keepEvery !== undefined && state.step > 0 && state.step % keepEvery === 0;
  const copy = () => join(folder, RUN_FILES.kept, stepFile(state.step, "safetensors"));
  if (isKept() && savedStep === state.step && await storedStep(copy(), "step") === undefined) {
    await writeFileAtomic(copy(), await Deno.readFile(at(RUN_FILES.checkpoint)));
  }

  const write = async () => {
    const checkpoint = await encodeCheckpoint({
      state,
      run: JSON.stringify(settings),
      ...(best === undefined ? {} : { best }),
      ...(data === undefined ? {} : { data }),
    });
    await writeFileAtomic(at(RUN_FILES.checkpoint), checkpoint);
    [savedStep, isFresh] = [state.step, true];
    // What follows can be made up for from the checkpoint, which therefore comes first.
    if (isKept()) await writeFileAtomic(copy(), checkpoint);
    const weights = await weightsOf(options);
    await writeFileAtomic(at(RUN_FILES.weights), weights);
    if (best?.step === state.step) await writeFileAtomic(at(RUN_FILES.best), weights);
    storedMs = now();
  };

  const isBetter = (holePsnr: number) => best === undefined || holePsnr > best.holePsnr;
  return {
    get best() {
      return best;
    },
    get savedStep() {
      return savedStep;
    },
    isOverdue: () => now() - storedMs >= OVERDUE_MS,
    isBetter,
    async save(holePsnr) {
      if (holePsnr !== undefined && isBetter(holePsnr)) {
        best = { step: state.step, holePsnr };
        isFresh = false;
      }
      if (isFresh && savedStep === state.step) return;
      try {
        await write();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const hint = savedStep === undefined
          ? "Make room, or give another folder with --output"
          : `Make room, and go on from step ${savedStep} with --resume ${folder}`;
        throw new InputError(error.message, { cause: error, hint });
      }
    },
  };
}

async function weightsOf({ state, task, settings }: CheckpointsOptions): Promise<Uint8Array> {
  return await encodeWeights(state.config, state.parameters, {
    recipe: task.name,
    steps: state.step,
    data: basename(settings.images),
    licence: "unstated",
    commit: await sourceCommit(),
  });
}

/** The count that a file states in its metadata, or undefined if there is no such file. */
async function storedStep(path: string, key: "step" | "steps"): Promise<number | undefined> {
  const metadata = await readMetadata(path);
  return metadata === undefined ? undefined : Number(metadata[key]);
}
