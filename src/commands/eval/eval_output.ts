/**
 * The files that an evaluation leaves for people and programs.
 * @module
 */
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { COMPARED_SCORES, compareRecords } from "../../evaluation/compare.ts";
import { scoreDefinitions } from "../../evaluation/definitions.ts";
import type { EvalRecord } from "../../evaluation/eval_record.ts";
import { summarise } from "../../evaluation/summarise.ts";
import { PRESETS } from "../../evaluation/presets/catalog.ts";
import { presetCells } from "../../evaluation/presets/preset_cells.ts";
import { summarisePreset } from "../../evaluation/presets/summarise_preset.ts";
import { evalCsv } from "../../report/eval/eval_csv.ts";
import { evalMarkdown } from "../../report/eval/eval_markdown.ts";
import { formatEvalPage } from "../../report/eval/eval_page.ts";
import type { EvalPreset, EvalTextRecord } from "../../report/eval/eval_page_record.ts";
import type { PagePictures } from "./eval_examples.ts";
import { EVAL_FILES, type EvalFolder, writeJson } from "./eval_folder.ts";
import { pageComparison } from "./page_comparison.ts";

/** Problems that a table names one by one; all are in problems.json. */
const MOST_NAMED = 50;

/** Makes the tables of all results of a folder, in the order of its methods. */
export function evalText(
  { plan, records }: Pick<EvalFolder, "plan" | "records">,
  problems: readonly string[],
): EvalTextRecord {
  const methods = Object.keys(plan.methods);
  const table = summarise(records, { methods });
  const pairs = new Set(records.map(({ pair }) => pair)).size;
  const [primary, ...others] = table.methods;
  const score = COMPARED_SCORES[0]!;
  const of = (name: string) => records.filter(({ method }) => method === name);
  const more = problems.length - MOST_NAMED;
  return {
    title: `${methods.length} ways of filling holes, ${pairs} pairs`,
    command: plan.command,
    facts: plan.facts,
    table,
    definitions: scoreDefinitions(table),
    problems: more > 0
      ? [...problems.slice(0, MOST_NAMED), `and ${more} more, see ${EVAL_FILES.problems}`]
      : problems,
    remarks: countRemarks(records),
    comparisons: others.map((other) =>
      pageComparison(primary!, other, score, compareRecords(of(primary!), of(other), score))
    ),
    presets: presetTables(records, methods),
  };
}

/** Writes tables and page. @throws {InputError} If a file cannot be written. */
export async function writeEvalOutput(
  folder: EvalFolder,
  text: EvalTextRecord,
  { problems, pictures }: {
    readonly problems: readonly string[];
    readonly pictures: PagePictures;
  },
): Promise<void> {
  const write = (name: string, content: string) =>
    writeFileAtomic(folder.at(name), new TextEncoder().encode(content));
  await writeJson(folder.at(EVAL_FILES.problems), problems);
  await write(EVAL_FILES.markdown, evalMarkdown(text));
  await write(EVAL_FILES.csv, evalCsv(text.table));
  await writeJson(folder.at(EVAL_FILES.json), text);
  const primary = text.table.methods[0] ?? "";
  await write(EVAL_FILES.report, formatEvalPage({ ...text, primary, ...pictures }));
}

/** "12 pairs: grey image", by kind; each pair counts once, whatever the number of methods. */
function countRemarks(records: readonly EvalRecord[]): string[] {
  const pairs = new Map<string, Set<number>>();
  for (const { pair, remarks = [] } of records) {
    for (const remark of remarks) pairs.set(remark, (pairs.get(remark) ?? new Set()).add(pair));
  }
  return [...pairs].sort().map(([remark, { size }]) =>
    `${size} pair${size === 1 ? "" : "s"}: ${REMARKS[remark] ?? remark}`
  );
}

/** What the short remarks of `loadPair` mean. */
const REMARKS: Readonly<Record<string, string>> = {
  "grey image": "the image is grey; it was scored as three equal channels",
  "image enlarged":
    "the image was enlarged to the size of the evaluation, which makes it smooth and its scores high",
  "soft mask": "the mask has grey pixels, cut at 128",
  "mask resized": "the mask is of another size than the image and was resized to the nearest pixel",
};

function presetTables(records: readonly EvalRecord[], methods: readonly string[]): EvalPreset[] {
  return [...PRESETS.values()].flatMap((preset) => {
    const measured = methods.flatMap((method) =>
      records.filter((record) => record.method === method).flatMap((record) => {
        const measure = record.presets?.[preset.name];
        return measure === undefined ? [] : [{ method, dilate: record.dilate, ...measure }];
      })
    );
    if (measured.length === 0) return [];
    return [presetCells(preset, summarisePreset(preset, measured))];
  });
}
