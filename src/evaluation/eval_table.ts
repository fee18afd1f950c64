/**
 * The table of an evaluation as plain data; types only.
 * @module
 */
import type { HoleBin } from "../metrics/hole_bin.ts";

/** The mean of a score over pairs, and how sure it is. */
export interface Estimate {
  /** Arithmetic mean. */
  readonly mean: number;
  /** Lower end of the 95 % percentile bootstrap interval of the mean; null for fewer than two values. */
  readonly low: number | null;
  /** The upper end. */
  readonly high: number | null;
  /** Sample standard deviation over pairs; null for fewer than two values. */
  readonly deviation: number | null;
  /** Values that went into the mean. */
  readonly count: number;
}

/** Names of the scores of a row, for example "composite.psnr". */
export type ScoreName =
  | `${"composite" | "raw" | "hole"}.${"l1Percent" | "psnr" | "ssim"}`
  | "lpips"
  /** Mean KL divergence between the class posteriors of truth and result, nats. */
  | "divergence"
  /** Salimans' inception score of the composites, 1 or more. */
  | "inception";

/** One method on the pairs of one class. */
export interface EvalRow {
  /** Its name in the table. */
  readonly method: string;
  /** Side of the kernel that holes were grown by, in pixels where the smaller side is 512. */
  readonly dilate: number;
  /** "all" for every pair whose bin is one of the six. */
  readonly bin: HoleBin["bin"] | "all";
  /** "both" for N and B together. */
  readonly border: HoleBin["border"] | "both";
  /** Pairs of the class that the method was scored on. */
  readonly pairs: number;
  /** Pairs whose composite equals the truth: they have no PSNR and are left out of its mean. */
  readonly identical: number;
  /** A score is absent if no pair has it. */
  readonly scores: Readonly<Partial<Record<ScoreName, Estimate>>>;
  /** Median time of a fill; null for results that were made elsewhere. */
  readonly medianMs: number | null;
}

/** All rows: by `dilate`, bin, border and method, in that order; classes without pairs have none. */
export interface EvalTable {
  /** Methods in the order of the table. */
  readonly methods: readonly string[];
  /** Dilations in rising order. */
  readonly dilations: readonly number[];
  /** One for each method on each class that has pairs. */
  readonly rows: readonly EvalRow[];
}
