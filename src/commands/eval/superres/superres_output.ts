/**
 * The files that an evaluation of super-resolution leaves for people and programs.
 * @module
 */
import { writeFileAtomic } from "../../../data/atomic_write.ts";
import { summariseSuperres } from "../../../evaluation/superres/summarise_superres.ts";
import { SUPERRES_DEFINITIONS } from "../../../evaluation/superres/superres_definitions.ts";
import { superresVerdicts } from "../../../evaluation/superres/superres_verdicts.ts";
import { superresCsv } from "../../../report/superres/superres_csv.ts";
import { superresMarkdown } from "../../../report/superres/superres_markdown.ts";
import { formatSuperresPage } from "../../../report/superres/superres_page.ts";
import type { SuperresTextRecord } from "../../../report/superres/superres_page_record.ts";
import { EVAL_FILES, writeJson } from "../eval_folder.ts";
import type { SuperresPictures } from "./superres_examples.ts";
import type { SuperresFolder } from "./superres_folder.ts";

/** What a table says beside its numbers. */
export interface SuperresNotes {
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
}

/** Makes the tables of all results of a folder, in the order of its methods. */
export function superresText(
  { plan, records }: Pick<SuperresFolder, "plan" | "records">,
  { problems, remarks }: SuperresNotes,
): SuperresTextRecord {
  const methods = Object.keys(plan.methods);
  const scales = [...new Set(records.map(({ scale }) => scale))];
  const table = summariseSuperres(records, { methods, scales });
  const images = new Set(records.map(({ image }) => image));
  const grey = new Set(records.filter(({ isGrey }) => isGrey).map(({ image }) => image));
  const greyRemark = grey.size === 0
    ? []
    : [`Y is the stored grey level of ${[...grey].sort().join(", ")}`];
  return {
    title: `${methods.length} ways of enlarging, ${images.size} images`,
    command: plan.command,
    facts: plan.facts,
    table,
    verdicts: superresVerdicts(table),
    definitions: SUPERRES_DEFINITIONS,
    problems,
    remarks: [...remarks, ...greyRemark],
  };
}

/** The method that the page shows first: the network, or what else is no formula, or the last. */
export function primaryOf(methods: readonly string[]): string {
  const formulas = ["nearest", "bilinear", "bicubic", "lanczos"];
  if (methods.includes("superres")) return "superres";
  return methods.find((name) => !formulas.includes(name)) ?? methods.at(-1) ?? "";
}

/** Writes tables and page. @throws {InputError} If a file cannot be written. */
export async function writeSuperresOutput(
  folder: SuperresFolder,
  text: SuperresTextRecord,
  pictures: SuperresPictures,
): Promise<void> {
  const write = (name: string, content: string) =>
    writeFileAtomic(folder.at(name), new TextEncoder().encode(content));
  await writeJson(folder.at(EVAL_FILES.problems), text.problems);
  await write(EVAL_FILES.markdown, superresMarkdown(text));
  await write(EVAL_FILES.csv, superresCsv(text.table));
  await writeJson(folder.at(EVAL_FILES.json), text);
  const primary = primaryOf(text.table.methods);
  await write(EVAL_FILES.report, formatSuperresPage({ ...text, primary, ...pictures }));
}
