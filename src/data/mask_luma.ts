/**
 * Brightness of a mask picture.
 * @module
 */
import type { DecodedImage } from "./decode_image.ts";

/**
 * Brightness of every pixel, 0 to 255, laid over black where the picture is transparent: what a mask shows.
 *
 * Pure black is 0 and pure white 255 exactly; values between are rounded, so decide about holes with
 * `readHoleMask` and use this to look at a mask as a whole.
 *
 * @returns `[height, width]`, row-major.
 *
 * Source: ITU-R BT.601, as in `readHoleMask`.
 */
export function maskLuma({ width, height, rgba }: DecodedImage): Uint8Array<ArrayBuffer> {
  const luma = new Uint8Array(width * height);
  for (let pixel = 0, i = 0; pixel < luma.length; pixel++, i += 4) {
    const opaque = 299 * rgba[i]! + 587 * rgba[i + 1]! + 114 * rgba[i + 2]!;
    luma[pixel] = Math.round(opaque * rgba[i + 3]! / 255_000);
  }
  return luma;
}
