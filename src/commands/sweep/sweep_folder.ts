/**
 * The folder of a sweep: its plan, what trials gave, and the tables made of that.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { InputError, UsageError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";
import { appendLine, lockRunFolder, readLines } from "../train/run_folder.ts";
import { planDifferences, type StoredPlan } from "./sweep_plan.ts";
import {
  type FinishedTrial,
  isFinished,
  rankTrials,
  sweepCsv,
  sweepMarkdown,
  type SweepMetric,
  type TrialResult,
} from "./sweep_results.ts";

/** Names within the folder of a sweep. */
export const SWEEP_FILES = {
  /** What is tried. */
  plan: "sweep.json",
  /** A line per trial that ended. */
  results: "sweep.jsonl",
  markdown: "sweep.md",
  csv: "sweep.csv",
  /** Config file of the best trial. */
  best: "best.json",
  /** Run folders, named by number. */
  trials: "trials",
} as const;

/** Options of {@linkcode openSweepFolder}. */
export interface SweepFolderOptions {
  readonly folder: string;
  readonly plan: StoredPlan;
  readonly metric: SweepMetric;
  /** Makes the config file of a trial. */
  readonly configOf: (best: FinishedTrial) => string;
  readonly warn: (line: string) => void;
}

/** The results of a sweep on disk; nobody else writes there until it is disposed of. */
export interface SweepFolder extends Disposable {
  /** In the order in which trials ended. */
  readonly results: readonly TrialResult[];
  /** Adds a result and writes the tables anew. */
  add(result: TrialResult): Promise<void>;
  /** Writes tables and best config. */
  write(): Promise<void>;
  /** Run folder of a trial. */
  trialFolder(number: number): string;
}

/**
 * Opens the folder of a new sweep, or of one that goes on.
 *
 * @throws {UsageError} If the folder holds another sweep, or another process works there.
 * @throws {InputError} If it cannot be read or written.
 */
export async function openSweepFolder(options: SweepFolderOptions): Promise<SweepFolder> {
  const { folder, metric, configOf } = options;
  const at = (name: string) => join(folder, name);
  const lock = await lockRunFolder(folder, options.warn);
  try {
    await checkPlan(at(SWEEP_FILES.plan), options);
    const results = await readLines<TrialResult>(at(SWEEP_FILES.results));
    const write = async () => {
      await writeText(at(SWEEP_FILES.markdown), `${sweepMarkdown(results, metric)}\n`);
      await writeText(at(SWEEP_FILES.csv), sweepCsv(results, metric));
      const best = rankTrials(results, metric).find(isFinished);
      if (best !== undefined) await writeText(at(SWEEP_FILES.best), `${configOf(best)}\n`);
    };
    return {
      results,
      async add(result) {
        await appendLine(at(SWEEP_FILES.results), result);
        results.push(result);
        await write();
      },
      write,
      trialFolder: (number) => at(join(SWEEP_FILES.trials, String(number).padStart(3, "0"))),
      [Symbol.dispose]: () => lock[Symbol.dispose](),
    };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/** Stores the plan, or compares it with the one that is there. */
async function checkPlan(path: string, { plan, folder }: SweepFolderOptions): Promise<void> {
  let stored: StoredPlan;
  try {
    stored = JSON.parse(await Deno.readTextFile(path)) as StoredPlan;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      return await writeText(path, `${JSON.stringify(plan, undefined, 2)}\n`);
    }
    throw new InputError(`Cannot read "${path}": ${reasonOf(cause)}`, { cause });
  }
  const differences = planDifferences(stored, plan);
  if (differences.length === 0) return;
  throw new UsageError(
    `Cannot go on with the sweep in "${folder}": ${differences.join("; ")}; must be the same`,
    { hint: "Give --output a new folder for another sweep" },
  );
}

async function writeText(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, new TextEncoder().encode(text));
}
