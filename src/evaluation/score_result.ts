/**
 * The scores of one result against the truth.
 * @module
 */
import { meanAbsoluteError } from "../metrics/mean_absolute_error.ts";
import type { PixelMetricOptions } from "../metrics/mean_over_values.ts";
import { psnr } from "../metrics/psnr.ts";
import { ssimViews } from "../metrics/ssim.ts";
import { SSIM_WINDOW } from "../metrics/ssim_map.ts";
import type { PictureScores, ResultScores } from "./eval_record.ts";

/** A result and what it is compared with; pictures are rgb255 `[height, width, 3]`. */
export interface ScoreResultOptions {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width]`, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** The undamaged picture. */
  readonly truth: Uint8Array;
  /** The result in the hole, the truth elsewhere. */
  readonly composite: Uint8Array;
  /** What the method gave at every pixel, if it computes known ones. */
  readonly raw?: Uint8Array;
}

/**
 * Scores a result in each view: composite, hole alone, raw.
 *
 * The truth must not differ from the composite outside the hole: such a composite is another method's mistake, and its
 * scores would pass for the fill's.
 *
 * @throws {RangeError} If sizes do not agree, or the composite differs from the truth at a known pixel.
 */
export function scoreResult(options: ScoreResultOptions): ResultScores {
  const { width, height, holeMask, truth, composite, raw } = options;
  checkKnown(options);
  const isSmall = Math.min(width, height) < SSIM_WINDOW;
  const views = (picture: Uint8Array) =>
    isSmall ? { whole: NaN, hole: NaN } : ssimViews(picture, truth, { width, height, holeMask });
  const score = (picture: Uint8Array, ssim: number, mask: PixelMetricOptions): PictureScores => {
    const decibels = psnr(picture, truth, mask);
    return {
      l1Percent: meanAbsoluteError(picture, truth, mask),
      psnr: Number.isFinite(decibels) ? decibels : null,
      ssim: Number.isFinite(ssim) ? ssim : null,
    };
  };
  const { whole, hole } = views(composite);
  return {
    composite: score(composite, whole, {}),
    hole: score(composite, hole, { holeMask }),
    ...(raw === undefined ? {} : { raw: score(raw, views(raw).whole, {}) }),
  };
}

function checkKnown({ holeMask, truth, composite }: ScoreResultOptions): void {
  for (let i = 0; i < truth.length; i++) {
    const pixel = Math.floor(i / 3);
    if (holeMask[pixel] === 1 || composite[i] === truth[i]) continue;
    throw new RangeError(
      `Cannot score composite: known pixel ${pixel} is ${composite[i]}, must be ${truth[i]}`,
    );
  }
}
