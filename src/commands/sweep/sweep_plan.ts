/**
 * What a sweep tries, from its command line, and whether it is the sweep that a folder holds.
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { SomeSettings } from "../train/resolve_settings.ts";
import type { RunSettings } from "../train/run_settings.ts";
import {
  type Dimension,
  drawTrials,
  formatDimension,
  gridOf,
  parseDimension,
  type Weights,
} from "./sweep_space.ts";

/** What a sweep tries. */
export interface SweepPlan {
  readonly mode: "grid" | "random";
  /** As `--vary` takes it, in a fixed spelling. */
  readonly vary: readonly string[];
  readonly trials: readonly Weights[];
}

/** Options of {@linkcode planSweep}. */
export interface PlanSweepOptions {
  /** Texts of `--vary`. */
  readonly vary: readonly string[];
  /** @default "random" if there is a range, else "grid" */
  readonly mode: "grid" | "random" | undefined;
  /** How many to draw. @default 10 */
  readonly trials: number | undefined;
  readonly seed: number;
}

/** What `sweep.json` holds: all that decides the result of a trial, so that none is mixed with another sweep's. */
export interface StoredPlan {
  readonly mode: SweepPlan["mode"];
  readonly vary: readonly string[];
  /** Of every trial, but for the weights that vary. */
  readonly settings: SomeSettings;
}

const DEFAULT_TRIALS = 10;
/** More would not be names of three digits. */
const MOST_TRIALS = 999;

/**
 * Lists the trials that flags ask for.
 *
 * @throws {UsageError} If they cannot be read or contradict each other; the message has one line for each fault.
 */
export function planSweep(options: PlanSweepOptions): SweepPlan {
  const faults: string[] = [];
  const dimensions = options.vary.flatMap((text): Dimension[] => {
    const dimension = parseDimension(text);
    if (dimension !== undefined) return [dimension];
    faults.push(
      "--vary must be NAME=WEIGHT,WEIGHT,... or NAME=LOW:HIGH or NAME=LOW:HIGH:log: " +
        `got ${JSON.stringify(text)}`,
    );
    return [];
  });
  const names = dimensions.map(({ loss }) => loss);
  for (const name of new Set(names.filter((name, i) => names.indexOf(name) !== i))) {
    faults.push(`Cannot vary "${name}" twice: each loss must come once`);
  }
  const lists = dimensions.filter((dimension) => "values" in dimension);
  const ranges = dimensions.filter((dimension) => !("values" in dimension));
  const mode = options.mode ?? (ranges.length === 0 ? "grid" : "random");
  if (mode === "grid") {
    for (const range of ranges) {
      faults.push(
        `Cannot make a grid of "${
          formatDimension(range)
        }": it is a range, must be a list of weights`,
      );
    }
    if (options.trials !== undefined) {
      faults.push("Cannot use --trials with a grid: it has as many as there are combinations");
    }
    const size = lists.reduce((product, { values }) => product * values.length, 1);
    if (size > MOST_TRIALS) {
      faults.push(
        `Cannot make a grid of ${size} trials: must be at most ${MOST_TRIALS}, or use --mode random`,
      );
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  const { seed, trials: count = DEFAULT_TRIALS } = options;
  return {
    mode,
    vary: dimensions.map(formatDimension),
    trials: mode === "grid" ? gridOf(lists) : drawTrials(dimensions, { seed, count }),
  };
}

/** The part of a plan that may not change when a sweep goes on; the number of draws may. */
export function storedPlan({ mode, vary }: SweepPlan, settings: RunSettings): StoredPlan {
  return { mode, vary, settings };
}

/**
 * Compares the plan of a folder with the one asked for.
 *
 * @returns One phrase for each difference: `"steps" was 200, is 500`.
 */
export function planDifferences(stored: StoredPlan, asked: StoredPlan): string[] {
  const flat = ({ settings, ...rest }: StoredPlan): Readonly<Record<string, unknown>> => {
    // These change no result.
    const { workers: _workers, reportEvery: _report, previews: _previews, ...others } = settings;
    return { ...rest, ...others };
  };
  const [was, is] = [flat(stored), flat(asked)];
  const show = (value: unknown) => value === undefined ? "not given" : JSON.stringify(value);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => `"${key}" was ${show(was[key])}, is ${show(is[key])}`);
}
