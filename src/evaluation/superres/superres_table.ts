/**
 * The table of an evaluation of super-resolution as plain data; types only.
 * @module
 */
import type { Estimate } from "../eval_table.ts";
import type { SuperresScore } from "./superres_record.ts";

/** One method at one scale. */
export interface SuperresRow {
  readonly scale: number;
  readonly method: string;
  /** Pictures that the method was scored on. */
  readonly images: number;
  /** Results whose Y equals the truth's: they have no PSNR and are left out of its mean. */
  readonly identical: number;
  /** Means over pictures; a score is absent if no picture has it. */
  readonly scores: Readonly<Partial<Record<SuperresScore, Estimate>>>;
  /** Median time; null for results that were made elsewhere. */
  readonly medianMs: number | null;
}

/** The difference of one method to the reference on the pictures that both were scored on. */
export interface SuperresDifference {
  readonly scale: number;
  readonly method: string;
  readonly score: "psnrY" | "ssimY";
  readonly images: number;
  /** Score of the method less that of the reference, mean over pictures. */
  readonly mean: number;
  /** Ends of the 95 % bootstrap interval of the mean; null for a single picture. */
  readonly low: number | null;
  readonly high: number | null;
  /** Pictures on which the method is better. */
  readonly wins: number;
  /** "unclear" if the interval holds 0, or there are too few pictures to call anyone better. */
  readonly verdict: "better" | "worse" | "unclear";
}

/** All rows by scale, then method. */
export interface SuperresTable {
  /** Rising. */
  readonly scales: readonly number[];
  /** In the order of the table. */
  readonly methods: readonly string[];
  /** The method that all others are compared with. */
  readonly reference: string;
  readonly rows: readonly SuperresRow[];
  /** Of every method but the reference; none without its results. */
  readonly differences: readonly SuperresDifference[];
}
