/**
 * Scores of one result.
 * @module
 */
import { meanAbsoluteError } from "../../../src/metrics/mean_absolute_error.ts";
import { psnr } from "../../../src/metrics/psnr.ts";
import { ssim } from "../../../src/metrics/ssim.ts";
import type { HoleBin } from "../../../src/metrics/hole_bin.ts";
import type { LoadedPair } from "./load_pair.ts";

/** Methods of the table, in its order. */
export const METHODS = ["pconv", "base", "telea", "ns", "mean"] as const;

/** One of {@linkcode METHODS}. */
export type MethodName = typeof METHODS[number];

/** Scores of one method on one pair. */
export interface Score {
  /** Over hole pixels, dB. */
  readonly holePsnr: number;
  /** Over all pixels, dB. */
  readonly psnr: number;
  /** Over hole pixels, percent of the full range. */
  readonly holeL1: number;
  /** Over all whole windows. */
  readonly ssim: number;
  readonly elapsedMs: number;
}

/** Scores of all methods on one pair. */
export interface PairScores extends HoleBin {
  readonly image: string;
  readonly mask: string;
  readonly scores: Readonly<Record<MethodName, Score>>;
}

/**
 * Scores one result, and checks that no known pixel was touched.
 *
 * @param actual rgb255 `[height, width, 3]`.
 * @param label What the error message calls it.
 * @throws {Error} If a known pixel differs from the truth.
 */
export function scoreResult(
  actual: Uint8Array,
  { truth, damaged, label, elapsedMs }: LoadedPair & { label: string; elapsedMs: number },
): Score {
  const { width, height, holeMask } = damaged;
  for (let i = 0; i < truth.length; i++) {
    if (holeMask[Math.floor(i / 3)] === 0 && actual[i] !== truth[i]) {
      throw new Error(
        `Cannot score ${label}: known pixel ${Math.floor(i / 3)} is ${actual[i]}, was ${truth[i]}`,
      );
    }
  }
  return {
    holePsnr: psnr(actual, truth, { holeMask }),
    psnr: psnr(actual, truth),
    holeL1: meanAbsoluteError(actual, truth, { holeMask }),
    ssim: ssim(actual, truth, { width, height }),
    elapsedMs,
  };
}
