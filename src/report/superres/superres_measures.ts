/**
 * The scores of super-resolution as tables name and print them.
 * @module
 */
import type { Estimate } from "../../evaluation/eval_table.ts";
import type { SuperresScore } from "../../evaluation/superres/superres_record.ts";
import type { SuperresRow, SuperresTable } from "../../evaluation/superres/superres_table.ts";
import { bestOf, measureText } from "../eval/measures.ts";

/** A score, or the time. */
export interface SuperresMeasure {
  readonly key: SuperresScore | "time";
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly better: "higher" | "lower";
}

/** In the order of tables. */
export const SUPERRES_MEASURES: readonly SuperresMeasure[] = [
  { key: "psnrY", name: "PSNR on Y", unit: "dB", decimals: 2, better: "higher" },
  { key: "ssimY", name: "SSIM on Y", unit: "", decimals: 4, better: "higher" },
  { key: "psnrRgb", name: "PSNR on RGB", unit: "dB", decimals: 2, better: "higher" },
  { key: "ssimRgb", name: "SSIM on RGB", unit: "", decimals: 4, better: "higher" },
  { key: "time", name: "Median time", unit: "ms", decimals: 1, better: "lower" },
];

/** A cell of a table. */
export interface SuperresCell {
  /** "33.68", "–" where there is none. */
  readonly text: string;
  /** True for the best of its column. */
  readonly isBest: boolean;
  /** Absent where the method has no value. */
  readonly estimate?: Estimate;
}

/** Cells of one measure: a row a method that has any, a cell a scale. */
export interface SuperresCells {
  readonly measure: SuperresMeasure;
  readonly rows: readonly { readonly method: string; readonly cells: readonly SuperresCell[] }[];
}

/** What stands where there is no value. */
export const NOTHING = "–";

/** Fills the table of a measure; a measure that no method has is left out by the caller: it has no rows. */
export function superresCells(table: SuperresTable, measure: SuperresMeasure): SuperresCells {
  const find = (method: string, scale: number) =>
    table.rows.find((row) => row.method === method && row.scale === scale);
  const columns = table.scales.map((scale) => {
    const estimates = table.methods.map((method) => estimateOf(find(method, scale), measure));
    const best = bestOf(estimates.map((one) => one?.mean), measure);
    return estimates.map((estimate, i): SuperresCell =>
      estimate === undefined
        ? { text: NOTHING, isBest: false }
        : { text: measureText(estimate.mean, measure), isBest: best[i]!, estimate }
    );
  });
  const rows = table.methods.map((method, i) => ({
    method,
    cells: columns.map((column) => column[i]!),
  })).filter(({ cells }) => cells.some(({ estimate }) => estimate !== undefined));
  return { measure, rows };
}

/** Most pictures that a method was scored on at each scale. */
export function imagesByScale({ scales, rows }: SuperresTable): number[] {
  return scales.map((scale) =>
    Math.max(0, ...rows.filter((row) => row.scale === scale).map(({ images }) => images))
  );
}

function estimateOf(
  row: SuperresRow | undefined,
  { key }: SuperresMeasure,
): Estimate | undefined {
  if (row === undefined) return undefined;
  if (key !== "time") return row.scores[key];
  if (row.medianMs === null) return undefined;
  return { mean: row.medianMs, low: null, high: null, deviation: null, count: row.images };
}
