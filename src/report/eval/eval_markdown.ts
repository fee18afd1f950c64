/**
 * The tables of an evaluation as Markdown, laid out as the paper's Table 1.
 * @module
 */
import type { Estimate, EvalTable } from "../../evaluation/eval_table.ts";
import { differencesOf, differenceWriter } from "./difference_text.ts";
import type { EvalComparison, EvalPreset, EvalTextRecord } from "./eval_page_record.ts";
import { markdownCode, markdownTable, markdownText } from "./markdown_text.ts";
import {
  bestOf,
  type Measure,
  MEASURE_GROUPS,
  measureArrow,
  measureOf,
  measurePhrase,
  measuresIn,
  measureText,
  measureTitle,
} from "./measures.ts";
import {
  binLabel,
  binsOfColumns,
  bordersIn,
  identicalNotes,
  pairsOf,
  rowFinder,
  type RowKey,
} from "./table_classes.ts";

/** A class of pairs: a column of the tables of means, a row of the tables of intervals. */
type ClassKey = Omit<RowKey, "method">;

const NOTHING = "–";

/**
 * Writes tables of means, in which columns are ranges of hole ratios (N, then B) and the best of a column is bold; then
 * for every score the intervals, then what else the evaluation has to say, and at the end how each score is computed.
 */
export function evalMarkdown(record: EvalTextRecord): string {
  const { title, command, facts, table, problems, remarks, definitions } = record;
  const blocks = [
    `# ${markdownText(title)}`,
    command === "" ? [] : markdownCode(command),
    facts.length === 0 ? [] : markdownTable([
      ["", ""],
      ...facts.map(([name, value]) => [markdownText(name), markdownText(value)]),
    ]),
    table.dilations.map((dilate) => meanTables(table, dilate)),
    list("## Results without error", identicalNotes(table)),
    record.comparisons.map(comparisonMarkdown),
    list("## Problems", problems),
    list("## Remarks", remarks),
    section(
      "## Means with 95 % intervals",
      table.dilations.map((dilate) => intervalTables(table, dilate)),
    ),
    record.presets.map(presetTable),
    definitions.length === 0 ? [] : ["## Definitions", definitions.map(markdownText)],
  ];
  return `${(blocks.flat(Infinity) as string[]).join("\n\n")}\n`;
}

function meanTables(table: EvalTable, dilate: number): string[] {
  const measures = measuresIn(table);
  const columns = classesOf(table, dilate, false);
  return MEASURE_GROUPS.flatMap(({ group, title, note }) => {
    const mine = measures.filter((measure) => measure.group === group);
    if (mine.length === 0 || columns.length === 0) return [];
    const head = ["", ...columns.map(className)];
    const pairs = ["pairs", ...columns.map((key) => String(pairsOf(table, key)))];
    const rows = mine.flatMap((measure) => measureRows(table, columns, measure));
    return [
      `## ${title}${dilationNote(table, dilate)}`,
      note,
      markdownTable([head, ...rows, pairs]),
    ];
  });
}

/** A row a method, as "PSNR, dB ↑ (telea)". */
function measureRows(table: EvalTable, columns: readonly ClassKey[], measure: Measure): string[][] {
  const find = rowFinder(table);
  const cells = columns.map((key) => {
    const values = table.methods.map((method) =>
      measureOf(find({ ...key, method }), measure)?.mean
    );
    const best = bestOf(values, measure);
    return values.map((value, i) =>
      value === undefined ? NOTHING : bold(measureText(value, measure), best[i]!)
    );
  });
  return table.methods.map((method, i) => [
    `${measureTitle(measure)} ${measureArrow(measure)} (${markdownText(method)})`,
    ...cells.map((column) => column[i]!),
  ]).filter(([, ...values]) => values.some((value) => value !== NOTHING));
}

function intervalTables(table: EvalTable, dilate: number): string[] {
  const find = rowFinder(table);
  const classes = classesOf(table, dilate, true);
  if (classes.length === 0) return [];
  return measuresIn(table).filter(({ group }) => group !== "time").flatMap((measure) => [
    `### ${measurePhrase(measure)}${measure.unit === "" ? "" : `, ${measure.unit}`}${
      dilationNote(table, dilate)
    }`,
    markdownTable([
      ["holes", "pairs", ...table.methods.map(markdownText)],
      ...classes.map((key) => {
        const pairs = pairsOf(table, key);
        const estimates = table.methods.map((method) =>
          measureOf(find({ ...key, method }), measure)
        );
        const best = bestOf(estimates.map((one) => one?.mean), measure);
        return [
          className(key),
          String(pairs),
          ...estimates.map((one, i) => estimateText(one, { measure, pairs, isBest: best[i]! })),
        ];
      }),
    ]),
  ]);
}

function estimateText(
  estimate: Estimate | undefined,
  { measure, pairs, isBest }: { measure: Measure; pairs: number; isBest: boolean },
): string {
  if (estimate === undefined) return NOTHING;
  const { mean, low, high, count } = estimate;
  const write = (value: number) => measureText(value, measure);
  const interval = low === null || high === null ? "" : ` [${write(low)}, ${write(high)}]`;
  return `${bold(write(mean), isBest)}${interval}${count === pairs ? "" : ` n=${count}`}`;
}

/** N and B of every range and both together of all; with `areDetailed` both together of every range. */
function classesOf(table: EvalTable, dilate: number, areDetailed: boolean): ClassKey[] {
  const borders = bordersIn(table);
  return binsOfColumns(table).flatMap((bin): ClassKey[] => {
    const mine = borders.map((border) => ({ dilate, bin, border }))
      .filter((key) => pairsOf(table, key) > 0);
    const hasBoth = mine.length > 1 && (areDetailed || bin === "all");
    return hasBoth ? [...mine, { dilate, bin, border: "both" }] : mine;
  });
}

function className({ bin, border }: ClassKey): string {
  return border === "both" ? `${binLabel(bin)} N+B` : `${binLabel(bin)} ${border}`;
}

function dilationNote(table: EvalTable, dilate: number): string {
  return table.dilations.length > 1 ? `, dilation kernel ${dilate} px` : "";
}

/** Writes a comparison with its heading, without a line break at the end. */
export function comparisonMarkdown({ a, b, score, unit, rows }: EvalComparison): string {
  const write = differenceWriter(differencesOf(rows));
  const verdicts = { a: markdownText(a), b: markdownText(b), unclear: "unclear" };
  return [
    `## ${markdownText(a)} against ${markdownText(b)}`,
    `Mean of ${markdownText(score)} of ${markdownText(a)} less that of ${markdownText(b)}${
      unit === "" ? "" : `, in ${markdownText(unit)}`
    }, on the same pairs.`,
    markdownTable([
      ["holes", "pairs", "difference", "95 % interval", `${markdownText(a)} wins`, "better"],
      ...rows.map(({ bin, border, pairs, mean, low, high, wins, verdict }) => [
        `${bin} ${border === "both" ? "N+B" : border}`,
        String(pairs),
        write(mean),
        low === null || high === null ? NOTHING : `[${write(low)}, ${write(high)}]`,
        String(wins),
        verdicts[verdict],
      ]),
    ]),
  ].join("\n\n");
}

function presetTable({ name, head, rows, definition }: EvalPreset): string[] {
  return [
    `## As ${markdownText(name)} computes it`,
    ...definition.map(markdownText),
    markdownTable([head, ...rows].map((row) => row.map(markdownText))),
  ];
}

function section(heading: string, blocks: readonly string[][]): string[] {
  return blocks.flat().length === 0 ? [] : [heading, ...blocks.flat()];
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : [heading, items.map((item) => `- ${markdownText(item)}`).join("\n")];
}

function bold(text: string, isBold: boolean): string {
  return isBold ? `**${text}**` : text;
}
