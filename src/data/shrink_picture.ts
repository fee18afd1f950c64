/**
 * Small pictures as super-resolution is measured with them.
 * @module
 */
import { resample, roundToBytes } from "./resample.ts";

/** A picture in colour. */
export interface ShrinkSource {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]`. */
  readonly rgb255: Uint8Array;
}

/** What {@linkcode shrinkPicture} returns. */
export interface ShrunkPicture {
  /** The source without the columns and rows at its right and bottom that are no multiple of the scale. */
  readonly truth: ShrinkSource;
  /** The truth, its sides divided by the scale. */
  readonly small: ShrinkSource;
}

/**
 * Crops a picture to a multiple of the scale and shrinks it bicubically with antialiasing, rounded to bytes.
 *
 * @param scale A whole number of 2 or more.
 * @throws {RangeError} If the scale is none, or a side is smaller than it.
 *
 * Source: `modcrop` and `imresize` of the literature's MATLAB code, for example Dong et al. 2014 (SRCNN). Differs: that
 * code shrinks Y alone and leaves it unrounded; in RGB and bytes the small picture is a file that any program can read.
 */
export function shrinkPicture(source: ShrinkSource, scale: number): ShrunkPicture {
  const truth = cropToMultiple(source, scale);
  const size = { width: truth.width / scale, height: truth.height / scale };
  const small = roundToBytes(resample({ ...truth, data: truth.rgb255 }, size));
  return { truth, small: { ...size, rgb255: small } };
}

function cropToMultiple({ width, height, rgb255 }: ShrinkSource, scale: number): ShrinkSource {
  if (!Number.isInteger(scale) || scale < 2 || Math.min(width, height) < scale) {
    throw new RangeError(`Cannot shrink ${width}x${height} by ${scale}`);
  }
  const size = { width: width - width % scale, height: height - height % scale };
  if (size.width === width) {
    return { ...size, rgb255: rgb255.subarray(0, size.height * width * 3) };
  }
  const cropped = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    const from = y * width * 3;
    cropped.set(rgb255.subarray(from, from + size.width * 3), y * size.width * 3);
  }
  return { ...size, rgb255: cropped };
}
