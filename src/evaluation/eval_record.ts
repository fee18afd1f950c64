/**
 * What one method did on one pair of image and mask: a line of `pairs.jsonl`.
 * @module
 */
import type { HoleBin } from "../metrics/hole_bin.ts";
import type { PresetValues } from "./presets/preset.ts";

/** Scores of one picture against the truth. */
export interface PictureScores {
  /** Percent of the full range, in `[0, 100]`. */
  readonly l1Percent: number;
  /** Decibels; null if the picture equals the truth, for that has no finite value. */
  readonly psnr: number | null;
  /** At most 1; null if a side is below 11 pixels or no window counts. */
  readonly ssim: number | null;
}

/** The three ways of looking at a result. */
export interface ResultScores {
  /** The result in the hole, the truth elsewhere: all pixels. */
  readonly composite: PictureScores;
  /** The result at hole pixels alone, sums divided by their number. */
  readonly hole: PictureScores;
  /** What the method gave at every pixel; absent if it computes the hole alone. */
  readonly raw?: PictureScores;
}

/** Which view of a result a score is of. */
export type ResultView = keyof ResultScores;

/** What a classifier and LPIPS say of a result; each absent without its weights. */
export interface NetworkScores {
  /** LPIPS distance of the composite to the truth, 0 if equal. */
  readonly lpips?: number;
  /** `Σ p log(p / q)` in nats, p the class posterior of the truth, q that of the composite. */
  readonly divergence?: number;
  /** Class posterior of the composite: base64 of little-endian float32. */
  readonly posterior?: string;
}

/** What a preset measured of one pair, and the class that it puts the pair into. */
export interface PresetMeasure {
  /** Its name, as the preset's table has it. */
  readonly bin: string;
  /** By the preset's names of scores. */
  readonly values: PresetValues;
}

/** One method on one pair. */
export interface EvalRecord extends NetworkScores, HoleBin {
  /** Number of the pair in the plan, from 0. */
  readonly pair: number;
  /** Path below the folder of images, with "/". */
  readonly image: string;
  /** Path below the folder of masks, or "generated" and the seeds of its generator. */
  readonly mask: string;
  /** Side of the kernel that the hole was grown by, in pixels where the smaller side is 512; 0 for none. */
  readonly dilate: number;
  /** Pixels, as evaluated. */
  readonly width: number;
  /** Pixels, as evaluated. */
  readonly height: number;
  /** What the table calls the method. */
  readonly method: string;
  /** Against the truth. */
  readonly scores: ResultScores;
  /** By the name of the preset. */
  readonly presets?: Readonly<Record<string, PresetMeasure>>;
  /** What is odd about image or mask; absent if nothing is. */
  readonly remarks?: readonly string[];
  /** Time to fill, from 8-bit pixels to 8-bit pixels; null for results that were made elsewhere. */
  readonly elapsedMs: number | null;
}
