/**
 * The luma that super-resolution is measured on.
 * @module
 */

/** "studio": black is 16 and white 235. "full": black is 0 and white 255, and a grey pixel is its own level. */
export type LumaRange = "studio" | "full";

/** Weights of red, green and blue; their sum, 219, is the distance from black to white. */
const WEIGHTS = [65.481, 128.553, 24.966] as const;

/** Levels of `WEIGHTS` together. */
const SPAN = 219;

/**
 * Computes BT.601's luma of every pixel, not rounded: `16 + (65.481·R + 128.553·G + 24.966·B) / 255`, or in full
 * range the same sum without the 16 over 219.
 *
 * @param rgb255 `[h·w·3]` interleaved.
 * @returns `[h·w]`, in `[16, 235]` or `[0, 255]`.
 * @throws {RangeError} If the length is no multiple of 3.
 *
 * Source: MATLAB's `rgb2ycbcr`; XPixelGroup/BasicSR basicsr/metrics/metric_util.py `to_y_channel`, which does not
 * round either ("float type without round").
 * Differs: MATLAB rounds when it is given bytes, as Dong et al. 2014 (SRCNN) give it.
 */
export function lumaY(rgb255: Uint8Array, range: LumaRange = "studio"): Float64Array {
  if (rgb255.length % 3 !== 0) {
    throw new RangeError(
      `Cannot compute luma: length is ${rgb255.length}, must be a multiple of 3`,
    );
  }
  const [red, green, blue] = WEIGHTS;
  const [offset, scale] = range === "full" ? [0, SPAN] : [16, 255];
  return Float64Array.from({ length: rgb255.length / 3 }, (_, i) => {
    const sum = red * rgb255[3 * i]! + green * rgb255[3 * i + 1]! + blue * rgb255[3 * i + 2]!;
    return offset + sum / scale;
  });
}
