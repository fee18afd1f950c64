/**
 * The tables of an evaluation that fit a terminal.
 * @module
 */
import type { EvalTable } from "../../evaluation/eval_table.ts";
import { markdownTable, markdownText } from "./markdown_text.ts";
import {
  bestOf,
  measureArrow,
  measureOf,
  measurePhrase,
  measuresIn,
  measureText,
} from "./measures.ts";
import { binLabel, binsOfColumns, pairsOf, rowFinder } from "./table_classes.ts";

const NOTHING = "–";

/**
 * Writes a small Markdown table for every score of composite and hole and for the time: methods by ranges of hole
 * ratios, N and B together, the best of a column in bold.
 */
export function evalBrief(table: EvalTable): string {
  const find = rowFinder(table);
  const measures = measuresIn(table).filter(({ group }) => group !== "raw");
  const bins = binsOfColumns(table);
  const blocks = table.dilations.flatMap((dilate) => {
    const grown = table.dilations.length > 1 ? `, dilation ${dilate} px` : "";
    const keys = bins.map((bin) => ({ bin, dilate, border: "both" as const }));
    return measures.map((measure) => {
      const columns = keys.map((key) => {
        const values = table.methods.map((method) =>
          measureOf(find({ ...key, method }), measure)?.mean
        );
        const best = bestOf(values, measure);
        return values.map((value, i) => {
          if (value === undefined) return NOTHING;
          const text = measureText(value, measure);
          return best[i]! ? `**${text}**` : text;
        });
      });
      const unit = measure.unit === "" ? "" : `, ${measure.unit}`;
      return markdownTable([
        [
          `${measurePhrase(measure)}${unit} ${measureArrow(measure)}${grown}`,
          ...bins.map(binLabel),
        ],
        ...table.methods.map((method, i) => [
          markdownText(method),
          ...columns.map((column) => column[i]!),
        ]),
        ["pairs", ...keys.map((key) => String(pairsOf(table, key)))],
      ]);
    });
  });
  return blocks.join("\n\n");
}
