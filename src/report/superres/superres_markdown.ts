/**
 * The tables of an evaluation of super-resolution as Markdown.
 * @module
 */
import type { SuperresTable } from "../../evaluation/superres/superres_table.ts";
import { differencesOf, differenceWriter } from "../eval/difference_text.ts";
import { markdownCode, markdownTable, markdownText } from "../eval/markdown_text.ts";
import { measureArrow, measureText, measureTitle } from "../eval/measures.ts";
import type { SuperresTextRecord } from "./superres_page_record.ts";
import {
  imagesByScale,
  NOTHING,
  SUPERRES_MEASURES,
  superresCells,
  type SuperresMeasure,
} from "./superres_measures.ts";

/**
 * Writes a table a score, methods by scales with the best of a column bold; what each method is against the reference,
 * also in words; then the intervals, what was left out, and how each score is computed.
 */
export function superresMarkdown(record: SuperresTextRecord): string {
  const { title, command, facts, table, verdicts, problems, remarks, definitions } = record;
  const blocks = [
    [`# ${markdownText(title)}`],
    command === "" ? [] : [markdownCode(command)],
    facts.length === 0 ? [] : [
      markdownTable([
        ["", ""],
        ...facts.map(([name, value]) => [markdownText(name), markdownText(value)]),
      ]),
    ],
    SUPERRES_MEASURES.flatMap((measure) => meanTable(table, measure, "## ")),
    differenceTables(table),
    list(verdicts),
    headed("## Problems", list(problems)),
    headed("## Remarks", list([...remarks, ...identicalRemarks(table)])),
    headed(
      "## Means with 95 % intervals",
      SUPERRES_MEASURES.flatMap((measure) => intervalTable(table, measure)),
    ),
    headed("## Definitions", definitions.map(markdownText)),
  ];
  return `${blocks.flat().join("\n\n")}\n`;
}

/** Writes the tables that fit a terminal, and the sentences under them. */
export function superresBrief({ table, verdicts }: SuperresTextRecord): string {
  const tables = SUPERRES_MEASURES.filter(({ key }) => !key.endsWith("Rgb"))
    .flatMap((measure) => meanTable(table, measure, ""));
  return `${[...tables, ...list(verdicts)].join("\n\n")}\n`;
}

function meanTable(table: SuperresTable, measure: SuperresMeasure, heading: string): string[] {
  const { rows } = superresCells(table, measure);
  if (rows.length === 0) return [];
  const name = `${measureTitle(measure)} ${measureArrow(measure)}`;
  return [
    ...(heading === "" ? [] : [`${heading}${measureTitle(measure)}`]),
    markdownTable([
      [name, ...table.scales.map((scale) => `x${scale}`)],
      ...rows.map(({ method, cells }) => [
        markdownText(method),
        ...cells.map(({ text, isBest }) => isBest ? `**${text}**` : text),
      ]),
      ["images", ...imagesByScale(table).map(String)],
    ]),
  ];
}

function intervalTable(table: SuperresTable, measure: SuperresMeasure): string[] {
  const { rows } = superresCells(table, measure);
  if (rows.length === 0 || measure.key === "time") return [];
  const images = imagesByScale(table);
  return [
    `### ${measureTitle(measure)}`,
    markdownTable([
      ["", ...table.scales.map((scale) => `x${scale}`)],
      ...rows.map(({ method, cells }) => [
        markdownText(method),
        ...cells.map(({ text, estimate }, i) => {
          if (estimate === undefined) return NOTHING;
          const { low, high, count } = estimate;
          const interval = low === null || high === null
            ? ""
            : ` [${measureText(low, measure)}, ${measureText(high, measure)}]`;
          return `${text}${interval}${count === images[i] ? "" : ` n=${count}`}`;
        }),
      ]),
    ]),
  ];
}

function differenceTables({ differences, reference }: SuperresTable): string[] {
  return SUPERRES_MEASURES.flatMap((measure) => {
    const mine = differences.filter(({ score }) => score === measure.key);
    if (mine.length === 0) return [];
    const write = differenceWriter(differencesOf(mine));
    return [
      `## ${measureTitle(measure)}, less that of ${markdownText(reference)}`,
      markdownTable([
        ["", "scale", "images", "difference", "95 % interval", "wins", "verdict"],
        ...mine.map(({ method, scale, images, mean, low, high, wins, verdict }) => [
          markdownText(method),
          `x${scale}`,
          String(images),
          write(mean),
          low === null || high === null ? NOTHING : `[${write(low)}, ${write(high)}]`,
          String(wins),
          verdict,
        ]),
      ]),
    ];
  });
}

/** Which results equal the truth and have no PSNR, a sentence each. */
export function identicalRemarks({ rows }: Pick<SuperresTable, "rows">): string[] {
  return rows.filter(({ identical }) => identical > 0).map(({ method, scale, images, identical }) =>
    `${method} at x${scale}: ${identical} of ${images} results equal the truth on Y and have no PSNR`
  );
}

function list(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${markdownText(item)}`).join("\n")];
}

function headed(heading: string, blocks: readonly string[]): string[] {
  return blocks.length === 0 ? [] : [heading, ...blocks];
}
