/**
 * The end of an evaluation: problems told, tables written and printed.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, InputError } from "../../errors.ts";
import { chooseExamples } from "../../evaluation/choose_examples.ts";
import { evalBrief } from "../../report/eval/eval_brief.ts";
import { makeExamples, type PagePictures } from "./eval_examples.ts";
import { EVAL_FILES, type EvalFolder } from "./eval_folder.ts";
import { evalText, writeEvalOutput } from "./eval_output.ts";
import type { PairSource } from "./pair_source.ts";

/** Options of {@linkcode finishEval}. */
export interface FinishEvalOptions {
  /** Undefined if the pairs cannot be filled again; the page is then without pictures. */
  readonly source: PairSource | undefined;
  readonly problems: readonly string[];
  /** Methods whose failures `problems` tells; what others lack is counted. */
  readonly handled: readonly string[];
  /** Pairs of each class that the page shows. */
  readonly examples: number;
  readonly io: CommandIo;
}

/** Problems that are told on the terminal; the rest is in a file. */
const MOST_TOLD = 20;

const NO_PICTURES: PagePictures = { examples: [], best: [], worst: [], dilationExamples: [] };

/**
 * Writes tables and page of a folder and prints the table, or JSON.
 *
 * @returns 1 if there are problems or no result at all, else 0.
 */
export async function finishEval(
  folder: EvalFolder,
  { source, problems: told, handled, examples, io }: FinishEvalOptions,
): Promise<number> {
  const lacking = lackOf(folder, handled);
  tellProblems(lacking, io);
  const problems = [...told, ...lacking];
  const text = evalText(folder, problems);
  const primary = text.table.methods[0] ?? "";
  const pictures = source === undefined || examples === 0
    ? NO_PICTURES
    : await makeExamples(chooseExamples(folder.records, { count: examples, primary }), {
      source,
      records: folder.records,
      signal: io.signal,
      onProgress: (done, total) =>
        io.progress.update({ done, total, unit: "examples", text: "for the page" }),
    });
  io.progress.finish();
  await writeEvalOutput(folder, text, { problems, pictures });
  if (io.json !== undefined) await io.json(text);
  else await io.print(evalBrief(text.table));
  const count = problems.length;
  const summary = count === 0
    ? ""
    : `; ${count} problem${count === 1 ? "" : "s"}, see ${folder.at(EVAL_FILES.problems)}`;
  io.log(`eval: ${folder.records.length} results, ${folder.at(EVAL_FILES.report)}${summary}`);
  return count > 0 || folder.records.length === 0 ? EXIT.someFailed : EXIT.done;
}

/** A sentence for each method that was not scored on every pair, so that no mean passes for one of all. */
function lackOf(
  { plan, records }: Pick<EvalFolder, "plan" | "records">,
  handled: readonly string[],
): string[] {
  const [index, count] = plan.shard;
  const dilations = (plan.settings["dilate"] as readonly number[]).length;
  const pairs = Math.floor((plan.pairs - index) / count) + 1;
  const expected = pairs * dilations;
  return Object.keys(plan.methods).filter((name) => !handled.includes(name)).flatMap((name) => {
    const found = records.filter(({ method }) => method === name).length;
    return found < expected
      ? [`Method "${name}" lacks ${expected - found} of ${expected} results`]
      : [];
  });
}

/** Reports problems one by one, and of many the first and the number. */
export function tellProblems(problems: readonly string[], io: CommandIo): void {
  for (const problem of problems.slice(0, MOST_TOLD)) io.report(new InputError(problem));
  const more = problems.length - MOST_TOLD;
  if (more > 0) io.report(new InputError(`and ${more} more problems, see ${EVAL_FILES.problems}`));
}
