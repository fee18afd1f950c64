/**
 * What the page and the text tables of an evaluation are made of, as plain data; types only.
 * @module
 */
import type { EvalRow, EvalTable } from "../../evaluation/eval_table.ts";

/** An evaluation without its pictures: enough for {@linkcode evalMarkdown}. */
export interface EvalTextRecord {
  readonly title: string;
  /** The command that makes these tables again. */
  readonly command: string;
  /** Counts, sizes, weights: what one asks first. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly table: EvalTable;
  /** How each score is computed, one a paragraph. */
  readonly definitions: readonly string[];
  /** Pairs that were left out, and why. */
  readonly problems: readonly string[];
  /** What a reader should know: scores that are missing, few pairs, masks that were resized. */
  readonly remarks: readonly string[];
  readonly comparisons: readonly EvalComparison[];
  /** Scores as other projects compute them. */
  readonly presets: readonly EvalPreset[];
}

/**
 * An evaluation with its pictures: enough for {@linkcode formatEvalPage}. The page holds every picture in base64, at
 * 4/3 of its bytes; it is for the caller to limit their number and size, about 15 MB in all for a page that is quick.
 */
export interface EvalPageRecord extends EvalTextRecord {
  /** The method of which `best` and `worst` are, and whose pictures stand first. */
  readonly primary: string;
  /** Examples of every range of hole ratios; the page puts them in order. */
  readonly examples: readonly EvalExample[];
  /** By falling PSNR of the holes of `primary`. */
  readonly best: readonly EvalExample[];
  /** By rising PSNR of the holes of `primary`. */
  readonly worst: readonly EvalExample[];
  /** The same pairs with holes that grow; shown if the table has more than one dilation. */
  readonly dilationExamples: readonly EvalExample[];
}

/** A pair of image and mask with the results of some methods, as encoded pictures of one size. */
export interface EvalExample {
  /** Path below the folder of images. */
  readonly image: string;
  /** Path below the folder of masks, or what generated it. */
  readonly mask: string;
  /** Name of the range of its hole ratio, as `holeBinName` writes it. */
  readonly bin: string;
  readonly border: "N" | "B";
  /** Hole pixels over all pixels. */
  readonly ratio: number;
  /** Side of the kernel that the hole was grown by, in pixels where the smaller side is 512. */
  readonly dilate: number;
  /** Pixels of the pictures below. */
  readonly width: number;
  readonly height: number;
  /** The photograph, encoded. */
  readonly truth: Uint8Array;
  /** The photograph with its holes painted over, encoded. */
  readonly damaged: Uint8Array;
  /** Of all pictures of the example. */
  readonly mimeType: "image/png" | "image/jpeg" | "image/webp";
  readonly results: readonly EvalExampleResult[];
}

/** What one method made of an example. */
export interface EvalExampleResult {
  readonly method: string;
  /** The composite, encoded. */
  readonly picture: Uint8Array;
  /** Decibels; null if the hole equals the truth. */
  readonly holePsnr: number | null;
}

/** Two methods on the same pairs. */
export interface EvalComparison {
  readonly a: string;
  readonly b: string;
  /** What is compared, in words: "PSNR of the holes". */
  readonly score: string;
  /** "dB", "%"; empty where the score has none. */
  readonly unit: string;
  readonly rows: readonly EvalComparisonRow[];
}

/** Two methods on the pairs of one class. */
export interface EvalComparisonRow {
  /** Name of a range of hole ratios, or "all". */
  readonly bin: string;
  readonly border: EvalRow["border"];
  /** Pairs that both methods were scored on. */
  readonly pairs: number;
  /** Mean over pairs of the score of `a` less that of `b`. */
  readonly mean: number;
  /** Ends of the 95 % interval of the mean; null for fewer than two pairs. */
  readonly low: number | null;
  readonly high: number | null;
  /** Pairs on which `a` is the better one. */
  readonly wins: number;
  /** The better one; "unclear" if the interval has 0 in it or there is none. */
  readonly verdict: "a" | "b" | "unclear";
}

/** A table of scores as another project computes them. */
export interface EvalPreset {
  readonly name: string;
  readonly head: readonly string[];
  /** As many cells a row as `head` has; the first names the row. */
  readonly rows: readonly (readonly string[])[];
  /** How it computes them and where that stands, one a paragraph. */
  readonly definition: readonly string[];
}
