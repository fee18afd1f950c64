/**
 * The table of an evaluation as CSV, for other programs.
 * @module
 */
import type { EvalTable, ScoreName } from "../../evaluation/eval_table.ts";
import { binLabel } from "./table_classes.ts";

const HEAD = [
  "dilate",
  "bin",
  "border",
  "method",
  "pairs",
  "identical",
  "score",
  "value",
  "low",
  "high",
  "deviation",
  "count",
];

/**
 * Writes one line a class, method and score, with all digits; what is not known stays empty. `value` is the mean of a
 * score, or the median of "medianMs". Lines end in CR LF, as RFC 4180 has it.
 */
export function evalCsv({ rows }: EvalTable): string {
  const lines: (readonly (string | number | null)[])[] = [HEAD];
  for (const { method, dilate, bin, border, pairs, identical, scores, medianMs } of rows) {
    const start = [dilate, binLabel(bin), border, method, pairs, identical];
    for (const name of Object.keys(scores) as ScoreName[]) {
      const { mean, low, high, deviation, count } = scores[name]!;
      lines.push([...start, name, mean, low, high, deviation, count]);
    }
    if (medianMs !== null) lines.push([...start, "medianMs", medianMs, null, null, null, pairs]);
  }
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
