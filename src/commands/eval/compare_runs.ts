/**
 * `pconv eval --compare A B`.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, InputError, UsageError } from "../../errors.ts";
import { COMPARED_SCORES, compareRecords } from "../../evaluation/compare.ts";
import type { EvalRecord } from "../../evaluation/eval_record.ts";
import { comparisonMarkdown } from "../../report/eval/eval_markdown.ts";
import { EVAL_FILES, readRecords } from "./eval_folder.ts";
import { pageComparison } from "./page_comparison.ts";

/**
 * Prints the differences between two methods, pair by pair, for every score that both have.
 *
 * @returns 0.
 * @throws {UsageError} If a name stands for nothing, or for more than one method.
 * @throws {InputError} If results cannot be read, or no pair is common to both.
 */
export async function compareRuns(
  { options, positionals }: ParsedOptions<"eval">,
  io: CommandIo,
): Promise<number> {
  const { compare, output } = options;
  const [a, b] = [await findRecords(compare!, output), await findRecords(positionals[0]!, output)];
  const nameA = compare!;
  const nameB = positionals[0]!;
  const found = COMPARED_SCORES.map((score) => ({
    score,
    comparison: compareRecords(a, b, score),
  })).filter(({ comparison }) => comparison.differences.length > 0);
  if (found.length === 0) {
    throw new InputError(
      `Cannot compare "${nameA}" with "${nameB}": no pair of image and mask is common to both`,
      { hint: "Pairs are the same if image, mask, size and dilation are" },
    );
  }
  const { onlyA, onlyB } = found[0]!.comparison;
  for (const [name, only] of [[nameA, onlyA], [nameB, onlyB]] as const) {
    if (only > 0) io.warn(`${only} pairs of "${name}" have no counterpart and are left out`);
  }
  for (const { score, comparison } of found) {
    const page = pageComparison(nameA, nameB, score, comparison);
    if (io.json !== undefined) await io.json({ ...page, score: score.name });
    else await io.print(comparisonMarkdown(page).trimEnd() + "\n");
  }
  return EXIT.done;
}

/** The results that a name stands for: a method of the folder, "FOLDER:METHOD", or a folder with one method. */
async function findRecords(name: string, folder: string | undefined): Promise<EvalRecord[]> {
  const colon = name.lastIndexOf(":");
  if (await isEvalFolder(name)) {
    const records = await readRecords(name);
    const methods = [...new Set(records.map(({ method }) => method))];
    if (methods.length === 1) return records;
    throw new UsageError(
      `Cannot compare "${name}": it has ${methods.length} methods, must be one`,
      methods.length === 0 ? {} : { hint: `Name one, for example ${name}:${methods[0]}` },
    );
  }
  if (colon > 0 && await isEvalFolder(name.slice(0, colon))) {
    return ofMethod(await readRecords(name.slice(0, colon)), name.slice(colon + 1), name);
  }
  if (folder === undefined) {
    throw new UsageError(
      `Cannot compare "${name}": it is no folder of an evaluation`,
      { hint: "Give --output DIR with the evaluation whose methods are compared" },
    );
  }
  if (!await isEvalFolder(folder)) {
    throw new InputError(`Cannot compare in "${folder}": there is no ${EVAL_FILES.records}`);
  }
  return ofMethod(await readRecords(folder), name, name);
}

function ofMethod(records: readonly EvalRecord[], method: string, name: string): EvalRecord[] {
  const found = records.filter((record) => record.method === method);
  if (found.length > 0) return found;
  const known = [...new Set(records.map((record) => record.method))].join(", ");
  throw new UsageError(
    `Cannot compare "${name}": there is no method "${method}", must be of ${known || "none"}`,
  );
}

async function isEvalFolder(path: string): Promise<boolean> {
  return await Deno.stat(join(path, EVAL_FILES.records)).then(({ isFile }) => isFile, () => false);
}
