/**
 * Invented lines of an evaluation.
 * @module
 */
import type { EvalRecord, PictureScores } from "../../../src/evaluation/eval_record.ts";

/** Scores with one number to tell them apart. */
export function pictureScores(psnr: number | null): PictureScores {
  return { l1Percent: 2, psnr, ssim: 0.5 };
}

/** A line with a hole PSNR, and what is changed of it. */
export function evalRecord(
  changes: Partial<EvalRecord> & { readonly holePsnr?: number | null } = {},
): EvalRecord {
  const { holePsnr = 20, ...rest } = changes;
  return {
    pair: 0,
    image: "a.png",
    mask: "m.png",
    dilate: 0,
    width: 64,
    height: 64,
    ratio: 0.25,
    bin: 2,
    border: "N",
    method: "pconv",
    scores: { composite: pictureScores(holePsnr), hole: pictureScores(holePsnr) },
    elapsedMs: 10,
    ...rest,
  };
}
