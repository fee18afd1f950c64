/**
 * What an evaluation's tables show: every score and the time, with unit, decimals and direction.
 * @module
 */
import type { Estimate, EvalRow, EvalTable, ScoreName } from "../../evaluation/eval_table.ts";

/** A column of figures of an {@linkcode EvalTable}. */
export interface Measure {
  /** A name that is safe within a class name once its dot is replaced; see {@linkcode measureClass}. */
  readonly key: ScoreName | "time";
  /** Which of {@linkcode MEASURE_GROUPS} it stands in. */
  readonly group: "composite" | "hole" | "raw" | "network" | "time";
  readonly name: string;
  /** Empty where it has none. */
  readonly unit: string;
  /** As many as the paper's Table 1 gives, one more for l1; the CSV file has all digits. */
  readonly decimals: number;
  readonly better: "higher" | "lower";
}

/** Headings of the groups, in the order of the page; `note` says what the figures are. */
export const MEASURE_GROUPS = [
  {
    group: "composite",
    title: "Composite",
    note: "Means over pairs, of all pixels: the result in the holes, the truth elsewhere.",
  },
  {
    group: "hole",
    title: "Holes only",
    note: "Means over pairs, of hole pixels alone: sums divided by their number.",
  },
  {
    group: "raw",
    title: "Raw output",
    note: "Means over pairs, of all pixels as the method gave them.",
  },
  {
    group: "network",
    title: "By networks",
    note:
      "What networks say of the composites: means over pairs; the inception score is one of all of them.",
  },
  {
    group: "time",
    title: "Time",
    note: "Medians over pairs of the time to fill, from 8-bit pixels to 8-bit pixels.",
  },
] as const satisfies readonly { group: Measure["group"]; title: string; note: string }[];

const PICTURE = {
  l1: { name: "l1", unit: "%", decimals: 3, better: "lower" },
  psnr: { name: "PSNR", unit: "dB", decimals: 2, better: "higher" },
  ssim: { name: "SSIM", unit: "", decimals: 3, better: "higher" },
} as const;

/** All measures, the paper's three first. */
export const MEASURES: readonly Measure[] = [
  { key: "composite.l1Percent", group: "composite", ...PICTURE.l1 },
  { key: "composite.psnr", group: "composite", ...PICTURE.psnr },
  { key: "composite.ssim", group: "composite", ...PICTURE.ssim },
  { key: "hole.psnr", group: "hole", ...PICTURE.psnr },
  { key: "hole.l1Percent", group: "hole", ...PICTURE.l1 },
  { key: "hole.ssim", group: "hole", ...PICTURE.ssim },
  { key: "raw.l1Percent", group: "raw", ...PICTURE.l1 },
  { key: "raw.psnr", group: "raw", ...PICTURE.psnr },
  { key: "raw.ssim", group: "raw", ...PICTURE.ssim },
  { key: "lpips", group: "network", name: "LPIPS", unit: "", decimals: 3, better: "lower" },
  {
    key: "divergence",
    group: "network",
    name: "Class divergence",
    unit: "nats",
    decimals: 3,
    better: "lower",
  },
  {
    key: "inception",
    group: "network",
    name: "Inception score",
    unit: "",
    decimals: 2,
    better: "higher",
  },
  { key: "time", group: "time", name: "Median time", unit: "ms", decimals: 1, better: "lower" },
];

/** The value of a row; undefined if it has none. A time comes as an estimate without interval. */
export function measureOf(row: EvalRow | undefined, { key }: Measure): Estimate | undefined {
  if (row === undefined) return undefined;
  if (key !== "time") return row.scores[key];
  if (row.medianMs === null) return undefined;
  return { mean: row.medianMs, low: null, high: null, deviation: null, count: row.pairs };
}

/** Measures that a row of the table has. */
export function measuresIn(table: EvalTable): Measure[] {
  return MEASURES.filter((measure) =>
    table.rows.some((row) => measureOf(row, measure) !== undefined)
  );
}

/** "PSNR, dB". */
export function measureTitle({ name, unit }: Pick<Measure, "name" | "unit">): string {
  return unit === "" ? name : `${name}, ${unit}`;
}

/** "PSNR of the holes", for where no heading says which view it is. */
export function measurePhrase({ name, group }: Measure): string {
  if (group === "hole") return `${name} of the holes`;
  if (group === "raw") return `${name} of the raw output`;
  return name;
}

/** "↑" if more is better, else "↓". */
export function measureArrow({ better }: Pick<Measure, "better">): string {
  return better === "higher" ? "↑" : "↓";
}

/** The key as a class name: "composite-psnr". */
export function measureClass({ key }: Pick<Measure, "key">): string {
  return key.replace(".", "-");
}

/** A value as the tables print it. */
export function measureText(value: number, { decimals }: Pick<Measure, "decimals">): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : String(value);
}

/**
 * Which of some values are the best as printed, so that two that read alike are marked alike; none of fewer than two.
 *
 * @param values One a method; undefined where it has none.
 */
export function bestOf(
  values: readonly (number | undefined)[],
  measure: Pick<Measure, "decimals" | "better">,
): boolean[] {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (known.length < 2) return values.map(() => false);
  const best = measure.better === "higher" ? Math.max(...known) : Math.min(...known);
  const text = measureText(best, measure);
  return values.map((value) => value !== undefined && measureText(value, measure) === text);
}
