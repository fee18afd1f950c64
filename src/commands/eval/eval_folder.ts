/**
 * The folder of an evaluation: its plan, a line for every result, and the tables made of them.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { InputError, UsageError } from "../../errors.ts";
import type { EvalRecord } from "../../evaluation/eval_record.ts";
import { parseRecord } from "../../evaluation/parse_record.ts";
import { reasonOf } from "../../system_reason.ts";
import { appendLine, lockRunFolder, mendLines, readLines } from "../train/run_folder.ts";

/** Names within the folder of an evaluation. */
export const EVAL_FILES = {
  /** What is evaluated. */
  plan: "eval.json",
  /** A line per pair, dilation and method. */
  records: "pairs.jsonl",
  /** What could not be evaluated, of the last run. */
  problems: "problems.json",
  report: "report.html",
  markdown: "table.md",
  csv: "table.csv",
  json: "table.json",
  /** Pictures of `--keep-results`, by method. */
  results: "results",
  /** Pictures of `--keep-pairs`. */
  pairs: "pairs",
} as const;

/** Marks `eval.json` as ours. */
export const EVAL_FORMAT = "pconv-eval-1";

/** All that decides a score, so that no table mixes results of two settings. */
export interface EvalPlan {
  readonly format: typeof EVAL_FORMAT;
  readonly shard: readonly [index: number, count: number];
  /** By name; as JSON compares. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Pairs of all shards. */
  readonly pairs: number;
  /** Identity of every method that was ever evaluated here, by name, in the order of the table. */
  readonly methods: Readonly<Record<string, string>>;
  /** What the page tells. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The command line that began it. */
  readonly command: string;
  /** Its flags, so that examples can be filled again when shards are merged. */
  readonly request: ParsedOptions<"eval">["options"];
}

/** Results on disk; nobody else writes there until it is disposed of. */
export interface EvalFolder extends Disposable {
  readonly folder: string;
  readonly plan: EvalPlan;
  /** Of this run and earlier ones. */
  readonly records: readonly EvalRecord[];
  /** Adds a result and waits until the disk has it. */
  add(record: EvalRecord): Promise<void>;
  /** Path of a file in the folder. */
  at(...names: readonly string[]): string;
}

/**
 * Opens the folder of a new evaluation, or of one that goes on, perhaps with more methods.
 *
 * @throws {UsageError} If the folder holds another evaluation, or another process works there.
 * @throws {InputError} If it cannot be read or written.
 */
export async function openEvalFolder(
  folder: string,
  asked: EvalPlan,
  { warn }: { readonly warn: (line: string) => void },
): Promise<EvalFolder> {
  const at = (...names: readonly string[]) => join(folder, ...names);
  const lock = await lockRunFolder(folder, warn);
  try {
    const stored = await readPlan(folder);
    const plan = stored === undefined ? asked : continuePlan(folder, stored, asked);
    await writeJson(at(EVAL_FILES.plan), plan);
    const records = await readRecords(folder);
    const appended = at(EVAL_FILES.records);
    await mendLines(appended);
    // Written anew at the end: a run that is killed has none, as one that never ended.
    await Deno.remove(at(EVAL_FILES.problems)).catch(() => {});
    return {
      ...{ folder, plan, records, at },
      async add(record) {
        await appendLine(appended, record);
        records.push(record);
      },
      [Symbol.dispose]: () => lock[Symbol.dispose](),
    };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/**
 * Reads the plan of a folder.
 *
 * @returns Undefined if there is none.
 * @throws {InputError} If it cannot be read, or is no plan of this program.
 */
export async function readPlan(folder: string): Promise<EvalPlan | undefined> {
  const path = join(folder, EVAL_FILES.plan);
  let plan: unknown;
  try {
    plan = JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new InputError(`Cannot read "${path}": ${reasonOf(cause)}`, { cause });
  }
  const format = (plan as Partial<EvalPlan> | null)?.format;
  if (format === EVAL_FORMAT) return plan as EvalPlan;
  throw new InputError(
    `Cannot read "${path}": its format is ${JSON.stringify(format)}, must be "${EVAL_FORMAT}"`,
  );
}

/**
 * Reads the results of a folder; a last line that a killed run did not finish is left out.
 *
 * @throws {InputError} If the file cannot be read, or a line is no result.
 */
export async function readRecords(folder: string): Promise<EvalRecord[]> {
  const path = join(folder, EVAL_FILES.records);
  const lines = await readLines<unknown>(path);
  return lines.map((line, i) => parseRecord(line, `result ${i + 1} of "${path}"`));
}

/** One phrase for each difference of two plans that forbids to put their results together. */
export function planDifferences(was: EvalPlan, is: EvalPlan): string[] {
  const show = (value: unknown) => value === undefined ? "not given" : JSON.stringify(value);
  const names = new Set([...Object.keys(was.settings), ...Object.keys(is.settings)]);
  const settings = [...names]
    .filter((name) => JSON.stringify(was.settings[name]) !== JSON.stringify(is.settings[name]))
    .map((name) => `"${name}" was ${show(was.settings[name])}, is ${show(is.settings[name])}`);
  const methods = Object.keys(is.methods)
    .filter((name) => was.methods[name] !== undefined && was.methods[name] !== is.methods[name])
    .map((name) => `method "${name}" was ${was.methods[name]}, is ${is.methods[name]}`);
  return [...settings, ...methods];
}

function continuePlan(folder: string, was: EvalPlan, is: EvalPlan): EvalPlan {
  const differences = planDifferences(was, is);
  if (String(was.shard) !== String(is.shard)) {
    differences.push(`the shard was ${was.shard.join("/")}, is ${is.shard.join("/")}`);
  }
  if (differences.length > 0) {
    throw new UsageError(
      `Cannot go on with the evaluation in "${folder}": ${
        differences.join("; ")
      }; must be the same`,
      { hint: "Give --output a new folder for another evaluation" },
    );
  }
  return joinPlans(was, is);
}

/**
 * What two plans of one evaluation are together: all methods, all facts, all commands. Another commit or day is another
 * line, so that nobody takes the results for those of one.
 */
export function joinPlans(was: EvalPlan, is: EvalPlan): EvalPlan {
  const told = new Set(was.facts.map((fact) => JSON.stringify(fact)));
  const commands = was.command.split("\n");
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  const { methods, results, network } = was.request;
  const all = (text: string | undefined) => text === undefined || text === "none" ? [] : [text];
  const isAll = methods === undefined || is.request.methods === undefined;
  const named = union(
    all(methods).flatMap((text) => text.split(",")),
    all(is.request.methods).flatMap((text) => text.split(",")),
  );
  return {
    ...was,
    methods: { ...was.methods, ...is.methods },
    facts: [...was.facts, ...is.facts.filter((fact) => !told.has(JSON.stringify(fact)))],
    command: commands.includes(is.command) ? was.command : `${was.command}\n${is.command}`,
    request: {
      ...is.request,
      methods: isAll ? undefined : named.join(",") || "none",
      results: union(results, is.request.results),
      network: union(network, is.request.network),
    },
  };
}

/** Writes a value as indented JSON, whole or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  await writeFileAtomic(path, new TextEncoder().encode(text));
}
