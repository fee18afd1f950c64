/**
 * What one method did with one picture at one scale: a line of `results.jsonl`; types only.
 * @module
 */

/** Names of the scores of a result. */
export type SuperresScore = "psnrY" | "ssimY" | "psnrRgb" | "ssimRgb";

/** Scores of one result against the truth, both without their rim. */
export type SuperresScores = {
  readonly [
    /** Decibels, or similarity of at most 1; null where it has no finite value: equal pictures, or too small ones. */
    score in SuperresScore
  ]: number | null;
};

/** One method on one picture at one scale. */
export interface SuperresRecord extends SuperresScores {
  /** Path below the folder of images, with "/". */
  readonly image: string;
  /** Factor of both sides. */
  readonly scale: number;
  /** What the table calls the method. */
  readonly method: string;
  /** Pixels of the truth, cropped to a multiple of the scale. */
  readonly width: number;
  /** Pixels of the truth, cropped to a multiple of the scale. */
  readonly height: number;
  /** True if the file stores grey levels; Y is then the level itself. */
  readonly isGrey: boolean;
  /** Time to enlarge, from 8-bit pixels to 8-bit pixels; null for results that were made elsewhere. */
  readonly elapsedMs: number | null;
}
