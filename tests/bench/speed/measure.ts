/**
 * All contenders on one workload: warm-up, then rounds in which each runs once, in turn.
 * @module
 */
import { join } from "node:path";
import { median } from "../../../src/evaluation/median.ts";
import { readFloats } from "./arrays_file.ts";
import { type Child, openChild } from "./child.ts";
import type { Contender } from "./contender.ts";
import type { Workload } from "./workload.ts";

/** What one contender gave. */
export interface Entry {
  readonly name: string;
  readonly about: string;
  /** In the order they were measured. */
  readonly ms: readonly number[];
  /** Median and least of `ms`; missing if it did not run. */
  readonly medianMs?: number;
  readonly leastMs?: number;
  /** Largest difference from the reference where its output means something, by the reference's largest value. */
  readonly error?: number;
  /** Why there are no times, or no error. */
  readonly problem?: string;
}

/** One table. */
export interface Measured {
  readonly title: string;
  /** @default "ms" */
  readonly unit?: string;
  readonly entries: readonly Entry[];
}

/** Options of {@linkcode openField}. */
export interface FieldOptions {
  /** For outputs; emptied by nobody. */
  readonly folder: string;
  /** Time for the repetitions of one contender. */
  readonly budgetMs: number;
  /** Fewest and most repetitions. */
  readonly repeats: readonly [fewest: number, most: number];
  readonly log: (line: string) => void;
}

/** Contenders that are up. */
export interface Field {
  /** False if a contender's numbers differ from the reference's by more than the bound. */
  readonly isRight: () => boolean;
  /** A line for each contender that could not be started. */
  readonly absent: readonly string[];
  measure(title: string, workload: Workload, options?: MeasureOptions): Promise<Measured>;
  close(): Promise<void>;
}

/** Options of one measurement. */
export interface MeasureOptions {
  /** `[pixels]`, 1 where outputs of contenders that compare "wanted" mean something. */
  readonly wanted?: Uint8Array;
  /** Only so many values of outputs are compared. @default All that both have */
  readonly compared?: number;
  /** Why the numbers of a contender rightly differ here; undefined if they must not. */
  readonly differs?: (name: string) => string | undefined;
}

/** Rounding over 16 layers gives some 1e-5 of the largest value. */
const MOST_ERROR = 1e-3;

/** Lets threads that spin after their work come to rest. */
const REST_MS = 60;

/** Starts all contenders. */
export async function openField(
  contenders: readonly Contender[],
  { folder, budgetMs, repeats: [fewest, most], log }: FieldOptions,
): Promise<Field> {
  const children = new Map<Contender, Child>();
  const absent: string[] = [];
  for (const contender of contenders) {
    const child = await openChild(contender.command);
    log(`  ${contender.name}: ${child.about}`);
    if (child.isThere) children.set(contender, child);
    else absent.push(`${contender.name}: ${child.about}`);
  }
  let isRight = true;
  return {
    isRight: () => isRight,
    absent,
    async measure(title, workload, { wanted, compared = Infinity, differs } = {}) {
      log(`${title}`);
      const lanes: Lane[] = [];
      for (const [contender, child] of children) {
        if (contender.takes?.(workload, child.about) === false) continue;
        const lane: Lane = { contender, child, ms: [], repeats: 0, problem: undefined };
        lanes.push(lane);
        await attempt(lane, async () => {
          await child.prepare(workload);
          // The first run compiles and allocates, the second is what a repetition will take.
          const firstMs = await child.run();
          const warmMs = firstMs > budgetMs ? firstMs : await child.run();
          lane.repeats = Math.round(Math.min(most, Math.max(fewest, budgetMs / warmMs)));
        });
      }
      for (let round = 0; round < most; round++) {
        for (const lane of lanes) {
          if (lane.problem !== undefined || lane.ms.length >= lane.repeats) continue;
          await new Promise((resolve) => setTimeout(resolve, REST_MS));
          await attempt(lane, async () => void lane.ms.push(await lane.child.run()));
        }
      }
      const outputs = await collect(lanes, folder);
      const whole = lanes.filter(({ contender: { compares = "all" } }) => compares === "all");
      const reference = outputs.get(whole.find(isReference) ?? whole[0] ?? lanes[0]!);
      const entries = lanes.map((lane): Entry => {
        const { contender: { name, compares = "all" }, child: { about }, ms, problem } = lane;
        if (problem !== undefined) return { name, about, ms, problem };
        const entry = { name, about, ms, medianMs: median(ms), leastMs: Math.min(...ms) };
        const output = outputs.get(lane)?.subarray(0, compared);
        if (compares === "none" || output === undefined || reference === undefined) return entry;
        const error = largestError(output, reference, compares === "wanted" ? wanted : undefined);
        const excuse = differs?.(name);
        if (excuse !== undefined) return { ...entry, error, problem: excuse };
        if (error <= MOST_ERROR) return { ...entry, error };
        isRight = false;
        return { ...entry, error, problem: "WRONG OUTPUT" };
      });
      for (const entry of entries) log(`  ${describe(entry)}`);
      return { title, entries };
    },
    close: async () => void await Promise.all([...children.values()].map((child) => child.close())),
  };
}

interface Lane {
  readonly contender: Contender;
  readonly child: Child;
  readonly ms: number[];
  repeats: number;
  problem: string | undefined;
}

async function attempt(lane: Lane, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    lane.problem = (error as Error).message;
  }
}

async function collect(lanes: readonly Lane[], folder: string) {
  const outputs = new Map<Lane, Float32Array>();
  for (const [index, lane] of lanes.entries()) {
    if (lane.problem !== undefined) continue;
    const path = join(folder, `output-${index}.f32`);
    await attempt(lane, async () => {
      await lane.child.save(path);
      outputs.set(lane, await readFloats(path));
      await Deno.remove(path);
    });
  }
  return outputs;
}

/** PyTorch is what this project's oracle tests hold it to. */
function isReference({ contender: { name }, problem }: Lane): boolean {
  return name.startsWith("PyTorch") && problem === undefined;
}

/** NaN counts as infinitely wrong. Lists of losses have different lengths: as many as both have. */
function largestError(output: Float32Array, reference: Float32Array, wanted?: Uint8Array): number {
  const length = Math.min(output.length, reference.length);
  const channels = wanted === undefined ? 1 : length / wanted.length;
  let [largest, scale] = [0, 0];
  for (let i = 0; i < length; i++) {
    scale = Math.max(scale, Math.abs(reference[i]!));
    if (wanted !== undefined && wanted[Math.floor(i / channels)] === 0) continue;
    const error = Math.abs(output[i]! - reference[i]!);
    largest = Math.max(largest, Number.isNaN(error) ? Infinity : error);
  }
  return largest / Math.max(scale, Number.MIN_VALUE);
}

function describe({ name, medianMs, ms, error, problem }: Entry): string {
  const time = medianMs === undefined ? "" : ` ${medianMs.toFixed(1)} ms (${ms.length})`;
  const off = error === undefined ? "" : `, off by ${error.toExponential(1)}`;
  return `${name}:${time}${off}${problem === undefined ? "" : ` [${problem}]`}`;
}
