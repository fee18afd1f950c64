/**
 * `pconv eval --study-results DIR FILE...`.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { EXIT, InputError, UserError } from "../../errors.ts";
import { parseStudyAnswers, type StudyAnswers } from "../../evaluation/study/study_answers.ts";
import { parseStudyKey } from "../../evaluation/study/study_key.ts";
import { studyResults } from "../../evaluation/study/study_results.ts";
import {
  formatStudyCsv,
  formatStudyJson,
  formatStudyMarkdown,
} from "../../report/study/study_report.ts";
import { formatStudyResultsPage } from "../../report/study/study_results_page.ts";
import { reasonOf } from "../../system_reason.ts";
import { STUDY_FILES } from "./study_folder.ts";

/**
 * Puts answers together as figure 9 of the paper does, prints the tables and writes them into the study's folder.
 *
 * @returns 0, or 1 if a file of answers could not be used.
 * @throws {InputError} If the key cannot be read, or no file of answers can.
 */
export async function readStudy(
  { options, positionals }: ParsedOptions<"eval">,
  io: CommandIo,
): Promise<number> {
  const folder = options.studyResults!;
  const keyPath = join(folder, STUDY_FILES.key);
  const key = parseStudyKey(await readText(keyPath), keyPath);
  const answers: StudyAnswers[] = [];
  for (const path of positionals) {
    try {
      answers.push(parseStudyAnswers(await readText(path), { name: path, key }));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      io.report(error);
    }
  }
  if (answers.length === 0) {
    throw new InputError(
      `Cannot tell results: none of ${positionals.length} files of answers is good`,
    );
  }
  const results = studyResults(key, answers);
  const write = (name: string, text: string) =>
    writeFileAtomic(join(folder, name), new TextEncoder().encode(text));
  await write(STUDY_FILES.results, formatStudyResultsPage(results));
  await write(STUDY_FILES.csv, formatStudyCsv(results));
  await write(STUDY_FILES.json, formatStudyJson(results));
  if (io.json !== undefined) await io.json(results);
  else await io.print(formatStudyMarkdown(results).trimEnd());
  io.log(`study: ${join(folder, STUDY_FILES.results)}`);
  return answers.length < positionals.length ? EXIT.someFailed : EXIT.done;
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read "${path}": ${reasonOf(cause)}`, { cause });
  }
}
