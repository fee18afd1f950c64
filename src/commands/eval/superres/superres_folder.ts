/**
 * The folder of an evaluation of super-resolution: that of any evaluation, with results of its own.
 * @module
 */
import { parseSuperresRecord } from "../../../evaluation/superres/parse_superres_record.ts";
import type { SuperresRecord } from "../../../evaluation/superres/superres_record.ts";
import { appendLine, mendLines, readLines } from "../../train/run_folder.ts";
import { type EvalPlan, openEvalFolder } from "../eval_folder.ts";

/** Names within it, beside those of `EVAL_FILES`. */
export const SUPERRES_FILES = {
  /** A line per picture, scale and method. */
  records: "results.jsonl",
  /** Pictures of `--keep-results`, by method and scale. */
  results: "results",
  /** Pictures of `--keep-pairs`. */
  pairs: "pairs",
} as const;

/** Results on disk; nobody else writes there until it is disposed of. */
export interface SuperresFolder extends Disposable {
  readonly plan: EvalPlan;
  /** Of this run and earlier ones. */
  readonly records: readonly SuperresRecord[];
  /** Adds a result and waits until the disk has it. */
  add(record: SuperresRecord): Promise<void>;
  /** Path of a file in the folder. */
  at(...names: readonly string[]): string;
}

/**
 * Opens the folder of a new evaluation, or of one that goes on, perhaps with more methods or scales.
 *
 * @throws {UsageError} If the folder holds another evaluation, or another process works there.
 * @throws {InputError} If it cannot be read or written.
 */
export async function openSuperresFolder(
  path: string,
  plan: EvalPlan,
  io: { readonly warn: (line: string) => void },
): Promise<SuperresFolder> {
  const folder = await openEvalFolder(path, plan, io);
  try {
    const file = folder.at(SUPERRES_FILES.records);
    const lines = await readLines<unknown>(file);
    const records = lines.map((line, i) =>
      parseSuperresRecord(line, `result ${i + 1} of "${file}"`)
    );
    await mendLines(file);
    return {
      ...{ plan: folder.plan, records, at: folder.at },
      async add(record) {
        await appendLine(file, record);
        records.push(record);
      },
      [Symbol.dispose]: () => folder[Symbol.dispose](),
    };
  } catch (error) {
    folder[Symbol.dispose]();
    throw error;
  }
}
