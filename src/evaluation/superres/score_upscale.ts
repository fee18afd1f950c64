/**
 * The scores of one enlarged picture against the truth.
 * @module
 */
import { lumaY } from "../../metrics/luma_y.ts";
import { planePsnr } from "../../metrics/plane_psnr.ts";
import { planeSsim } from "../../metrics/plane_ssim.ts";
import { SSIM_WINDOW } from "../../metrics/ssim_map.ts";
import { psnr } from "../../metrics/psnr.ts";
import { shaveBorder } from "../../metrics/shave_border.ts";
import { ssim } from "../../metrics/ssim.ts";
import type { SuperresScores } from "./superres_record.ts";

/** A result and what it is compared with; pictures are rgb255 `[height, width, 3]`. */
export interface ScoreUpscaleOptions {
  readonly width: number;
  readonly height: number;
  readonly truth: Uint8Array;
  readonly result: Uint8Array;
  /** Pixels that are left out at every side. */
  readonly scale: number;
  /** True takes Y in full range, as files of grey levels have it. */
  readonly isGrey: boolean;
}

/**
 * Scores a result on Y and on RGB, both without `scale` pixels at every side.
 *
 * @throws {RangeError} If sizes do not agree, or nothing is left without the rim.
 */
export function scoreUpscale(
  { width, height, truth, result, scale, isGrey }: ScoreUpscaleOptions,
): SuperresScores {
  const size = { width, height, border: scale };
  const [actual, expected] = [shaveBorder(result, size), shaveBorder(truth, size)];
  const range = isGrey ? "full" : "studio";
  const [actualY, expectedY] = [lumaY(actual.rgb255, range), lumaY(expected.rgb255, range)];
  const hasWindow = Math.min(actual.width, actual.height) >= SSIM_WINDOW;
  return {
    psnrY: finite(planePsnr(actualY, expectedY)),
    ssimY: hasWindow ? planeSsim(actualY, expectedY, actual) : null,
    psnrRgb: finite(psnr(actual.rgb255, expected.rgb255)),
    ssimRgb: hasWindow ? ssim(actual.rgb255, expected.rgb255, actual) : null,
  };
}

function finite(decibels: number): number | null {
  return Number.isFinite(decibels) ? decibels : null;
}
