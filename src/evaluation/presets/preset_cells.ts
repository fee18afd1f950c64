/**
 * The table of a preset as text cells.
 * @module
 */
import type { EvalPreset, PresetScore } from "./preset.ts";
import type { PresetEstimate, PresetRow } from "./summarise_preset.ts";

/** A table whose rows have as many cells as its head. */
export interface PresetCells {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly definition: readonly string[];
}

/**
 * Writes rows as cells: "0.8765 ± 0.0123" is mean and sample standard deviation; "(n = 3)" follows where fewer pairs
 * have a value than the row has, and "-" stands for none. Holes grown by more than 0 pixels add a column "Dilation".
 *
 * @param rows Of `summarisePreset`, in the order of the table.
 */
export function presetCells(preset: EvalPreset, rows: readonly PresetRow[]): PresetCells {
  const showsDilate = rows.some(({ dilate }) => dilate > 0);
  return {
    name: preset.name,
    head: [
      "Method",
      ...(showsDilate ? ["Dilation"] : []),
      "Hole",
      "Pairs",
      ...preset.scores.map(heading),
    ],
    rows: rows.map((row) => [
      row.method,
      ...(showsDilate ? [`${row.dilate} px`] : []),
      row.bin,
      String(row.pairs),
      ...preset.scores.map((score) => cell(score, row.scores[score.name], row.pairs)),
    ]),
    definition: preset.definition,
  };
}

/** "PSNR (dB) ↑": the arrow points to the better side. */
function heading({ label, unit, isHigherBetter }: PresetScore): string {
  return `${label}${unit === "" ? "" : ` (${unit})`} ${isHigherBetter ? "↑" : "↓"}`;
}

function cell(score: PresetScore, estimate: PresetEstimate | undefined, pairs: number): string {
  if (estimate === undefined || estimate.value === null) return "-";
  const { value, deviation, count } = estimate;
  const spread = deviation === null ? "" : ` ± ${deviation.toFixed(score.digits)}`;
  return `${value.toFixed(score.digits)}${spread}${count < pairs ? ` (n = ${count})` : ""}`;
}
