/**
 * The results of a study as Markdown, CSV and JSON.
 * @module
 */
import type { StudyResults, StudyRow } from "../../evaluation/study/study_results.ts";
import { holeBinName } from "../../metrics/hole_bin.ts";
import { formatDuration, formatFixed } from "../number_text.ts";
import { studyFacts, type StudyTable, studyTables } from "./study_table.ts";

/** Writes a rate with its interval: "62.5 % (55.1 to 69.4)". */
export function formatRate({ rate, low, high }: Pick<StudyRow, "rate" | "low" | "high">): string {
  const percent = (share: number) => formatFixed(share * 100, 1);
  return `${percent(rate)} % (${percent(low)} to ${percent(high)})`;
}

/** Writes the results as Markdown, a table for each view. */
export function formatStudyMarkdown(results: StudyResults): string {
  const tables = studyTables(results).map(markdownTable).join("\n");
  return `# User study ${results.study}\n\n${studyFacts(results).join("\n")}\n\n${
    tables === "" ? "No answers.\n" : tables
  }`;
}

function markdownTable({ title, meaning, columns, rows }: StudyTable): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/[\\|]/g, "\\$&")).join(" | ")} |\n`;
  const cell = (row: StudyRow | undefined) =>
    row === undefined
      ? "-"
      : `${formatRate(row)}, n ${row.count}, ${formatDuration(row.meanResponseMs)}`;
  return `## ${title}\n\n${meaning}; 95 % interval, answers, mean time to the choice.\n\n${
    line(["Method", ...columns])
  }${line(["---", ...columns.map(() => "---:")])}${
    rows.map(({ name, cells }) => line([name, ...cells.map(cell)])).join("")
  }`;
}

/** Writes all rows as CSV (RFC 4180), rates in `[0, 1]`, times in milliseconds; no time is an empty field. */
export function formatStudyCsv({ unlimited, limited }: StudyResults): string {
  const head = [
    "experiment",
    "preferred",
    "over",
    "duration_ms",
    "border",
    "bin",
    "count",
    "chosen",
    "rate",
    "low",
    "high",
    "mean_response_ms",
  ];
  const rows = [...unlimited, ...limited].map((row) => [
    row.durationMs === null ? "unlimited" : "limited",
    row.preferred,
    row.over,
    row.durationMs ?? "",
    row.border,
    row.bin === "all" ? "all" : holeBinName(row.bin),
    row.count,
    row.chosen,
    ...[row.rate, row.low, row.high].map((share) => formatFixed(share, 6)),
    formatFixed(row.meanResponseMs, 1),
  ]);
  return [head, ...rows].map((cells) => `${cells.map(csvField).join(",")}\r\n`).join("");
}

function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes the results as JSON, all rows of both experiments. */
export function formatStudyJson(results: StudyResults): string {
  return `${JSON.stringify({ format: "pconv-study-results", version: 1, ...results }, null, 1)}\n`;
}
