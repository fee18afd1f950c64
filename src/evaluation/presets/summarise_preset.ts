/**
 * The table of a preset as plain data.
 * @module
 */
import { finiteOrNull } from "./finite_or_null.ts";
import type { EvalPreset, PresetScore, PresetValues } from "./preset.ts";

/** What a preset measured for one method on one pair. */
export interface PresetRecord {
  readonly method: string;
  /** Side of the kernel that the hole was grown by, in pixels where the smaller side is 512. */
  readonly dilate: number;
  /** Label of the class of the mask: of the preset if it has classes of its own, else the paper's. */
  readonly bin: string;
  /** What `measure` of the preset gave. */
  readonly values: PresetValues;
}

/** One score of one row. */
export interface PresetEstimate {
  /** The mean, or the pooled score; null if no pair has a value. */
  readonly value: number | null;
  /** Sample standard deviation over pairs; null for fewer than two values and for pooled scores. */
  readonly deviation: number | null;
  /** Pairs that went into the value. */
  readonly count: number;
}

/** One method on the pairs of one class. */
export interface PresetRow {
  readonly method: string;
  readonly dilate: number;
  /** Label of the class, or "total" for every pair, whatever its class. */
  readonly bin: string;
  readonly pairs: number;
  /** By the name of the score. */
  readonly scores: Readonly<Record<string, PresetEstimate>>;
}

/** Label of the rows of all classes together. */
export const TOTAL = "total";

/**
 * Summarises the measurements of a preset by dilation, class and method.
 *
 * @returns Rows by `dilate` (rising), class (by the first number of its label, "total" last) and method (as they
 * first appear), in that order; classes without pairs have none.
 */
export function summarisePreset(
  preset: EvalPreset,
  records: readonly PresetRecord[],
): PresetRow[] {
  const methods = distinct(records.map(({ method }) => method));
  const dilations = distinct(records.map(({ dilate }) => dilate)).sort((a, b) => a - b);
  const bins = distinct(records.map(({ bin }) => bin)).sort(byLabel);
  const rows: PresetRow[] = [];
  for (const dilate of dilations) {
    for (const bin of [...bins, TOTAL]) {
      for (const method of methods) {
        const parts = records.filter((record) =>
          record.method === method && record.dilate === dilate &&
          (bin === TOTAL || record.bin === bin)
        ).map(({ values }) => values);
        if (parts.length === 0) continue;
        rows.push({ method, dilate, bin, pairs: parts.length, scores: estimates(preset, parts) });
      }
    }
  }
  return rows;
}

function estimates(
  preset: EvalPreset,
  parts: readonly PresetValues[],
): Record<string, PresetEstimate> {
  const pooled = preset.pool?.(parts) ?? {};
  const estimate = ({ name, how }: PresetScore): PresetEstimate =>
    how === "pooled"
      ? { value: pooled[name] ?? null, deviation: null, count: parts.length }
      : meanOf(parts.map((part) => part[name] ?? null).filter((value) => value !== null));
  return Object.fromEntries(preset.scores.map((score) => [score.name, estimate(score)]));
}

function meanOf(values: readonly number[]): PresetEstimate {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    value: finiteOrNull(mean),
    deviation: count < 2 ? null : Math.sqrt(squares / (count - 1)),
    count,
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** By the lower end of the class: "[0, 0.01]" before "(0.01, 0.1]", "0-10%" before "10-20%". */
function byLabel(a: string, b: string): number {
  const lowerEnd = (label: string) => Number(/\d+(\.\d+)?/.exec(label)?.[0] ?? Infinity);
  const [low, other] = [lowerEnd(a), lowerEnd(b)];
  return low !== other ? low < other ? -1 : 1 : a < b ? -1 : 1;
}
