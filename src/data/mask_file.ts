/**
 * Turns the picture of a mask into a hole mask. The one place where "which colour is the hole" is decided.
 * @module
 */
import { InputError } from "../errors.ts";
import { isDrawnInAlpha, type MaskPicture } from "./mask_luma.ts";

/** What a mask picture says. */
export interface HoleMask {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width]`, row-major: 1 = hole, to be filled; 0 = known. */
  readonly holeMask: Uint8Array;
  /** Pixels that are neither almost black (at most 5) nor almost white (at least 250) and had to be rounded. */
  readonly softPixels: number;
  /** Pixels with `holeMask` 1. */
  readonly holePixels: number;
  /** True if the mask is dark all over and its opacity was read in place of its brightness. */
  readonly isDrawnInAlpha?: true;
  /** Of a mask that nowhere reaches the threshold, but is not black: its brightest pixel, 1 to 254. */
  readonly brightest?: number;
}

/** Options of {@linkcode readHoleMask}. */
export interface ReadHoleMaskOptions {
  /**
   * True swaps hole and known: black is the hole, or opaque is the hole.
   * @default false
   */
  readonly invert?: boolean;
  /**
   * Value from 1 to 255. Luma at or above it is a hole; alpha below it is a hole.
   * @default 128
   */
  readonly threshold?: number;
  /**
   * "luma" reads brightness: white is the hole. "alpha" reads the alpha channel: transparent is the hole.
   * @default "luma"
   */
  readonly source?: "luma" | "alpha";
}

/**
 * Reads a hole mask from a decoded picture.
 *
 * Luma is `0.299 R + 0.587 G + 0.114 B`, laid over black where the mask is transparent: a mask painted in white on
 * a transparent layer means what it shows, and what nobody painted is known. One that is painted in black, or any
 * one dark colour, on a transparent layer shows nothing; there it is the opacity that is read.
 *
 * @param image Mask picture, or for `source: "alpha"` the picture with the cut-out itself.
 * @throws {RangeError} If the threshold is not 1 to 255.
 * @throws {InputError} If alpha is asked of a picture without transparency.
 *
 * Source: ITU-R BT.601 for luma. White = hole as in IOPaint, LaMa, OpenCV and the NVIDIA test masks.
 */
export function readHoleMask(image: MaskPicture, options: ReadHoleMaskOptions = {}): HoleMask {
  const { invert = false, threshold = 128, source = "luma" } = options;
  if (!(threshold >= 1 && threshold <= 255)) {
    throw new RangeError(`Cannot read mask: threshold is ${threshold}, must be 1 to 255`);
  }
  if (source === "alpha" && !image.hasAlpha) {
    throw new InputError("Cannot read mask from alpha: picture has no transparency", {
      hint: "Read the mask from brightness instead, or give a picture with a transparent hole",
    });
  }
  const { width, height, rgba } = image;
  const holeMask = new Uint8Array(width * height);
  // Sums are kept in thousandths times alpha, so that the comparison is exact in whole numbers.
  const unit = source === "alpha" ? 1 : 255_000;
  const isDrawn = source === "luma" && isDrawnInAlpha(image);
  const low = 5 * unit;
  const high = 250 * unit;
  const limit = threshold * unit;
  let softPixels = 0;
  let holePixels = 0;
  let highest = 0;
  for (let pixel = 0, i = 0; pixel < holeMask.length; pixel++, i += 4) {
    const alpha = rgba[i + 3]!;
    const value = source === "alpha"
      ? alpha
      : isDrawn
      ? 255_000 * alpha
      : (299 * rgba[i]! + 587 * rgba[i + 1]! + 114 * rgba[i + 2]!) * alpha;
    if (value > low && value < high) softPixels++;
    if (value > highest) highest = value;
    const reaches = value >= limit;
    const isHole = (source === "alpha" ? !reaches : reaches) !== invert;
    if (!isHole) continue;
    holeMask[pixel] = 1;
    holePixels++;
  }
  const isDim = source === "luma" && highest < limit && highest >= unit;
  return {
    ...{ width, height, holeMask, softPixels, holePixels },
    ...(isDrawn ? { isDrawnInAlpha: true } : {}),
    ...(isDim ? { brightest: Math.floor(highest / unit) } : {}),
  };
}

/** Size in pixels. */
export interface MaskSize {
  /** From 1. */
  readonly width: number;
  /** From 1. */
  readonly height: number;
}

/**
 * Resizes a hole mask by taking the nearest pixel, so that it stays binary:
 * `source = floor((target + 0.5) * from / to)` on each axis.
 *
 * @param holeMask `[from.height, from.width]`, row-major.
 * @returns A new mask `[to.height, to.width]`. Shrinking may lose holes thinner than the scale.
 * @throws {RangeError} If a size is not positive or `holeMask` does not have the size `from`.
 */
export function resizeHoleMask(
  holeMask: Uint8Array,
  from: MaskSize,
  to: MaskSize,
): Uint8Array<ArrayBuffer> {
  if (holeMask.length !== from.width * from.height || !isSize(from) || !isSize(to)) {
    const sizes = `${from.width}x${from.height} to ${to.width}x${to.height}`;
    throw new RangeError(`Cannot resize mask from ${sizes}: it has ${holeMask.length} pixels`);
  }
  const columns = nearest(from.width, to.width);
  const rows = nearest(from.height, to.height);
  const resized = new Uint8Array(to.width * to.height);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) resized[at++] = holeMask[row * from.width + column]!;
  }
  return resized;
}

function isSize({ width, height }: MaskSize): boolean {
  return Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
}

/** Source index of each target index, in whole numbers so that no rounding error shifts a pixel. */
function nearest(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to }, (_, i) => Math.floor((2 * i + 1) * from / (2 * to)));
}
