/**
 * Brightness of a mask picture.
 * @module
 */
import type { DecodedImage } from "./decode_image.ts";

/** What of a decoded picture makes a mask. */
export type MaskPicture = Pick<DecodedImage, "width" | "height" | "rgba" | "hasAlpha">;

/** White or black, by the middle. */
const MIDDLE = 128;

/**
 * True if a mask is drawn in its transparency alone, as Photoshop and GIMP store a selection: all that is visible
 * has one dark colour, and transparency takes both sides of the middle. Then opacity is the brightness of the
 * mask.
 */
export function isDrawnInAlpha(
  { rgba, hasAlpha }: Pick<MaskPicture, "rgba" | "hasAlpha">,
): boolean {
  if (!hasAlpha) return false;
  let colour: readonly [number, number, number] | undefined;
  let [hasLow, hasHigh] = [false, false];
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i + 3]! < MIDDLE) hasLow = true;
    else hasHigh = true;
    if (rgba[i + 3] === 0) continue;
    colour ??= [rgba[i]!, rgba[i + 1]!, rgba[i + 2]!];
    if (rgba[i] !== colour[0] || rgba[i + 1] !== colour[1] || rgba[i + 2] !== colour[2]) {
      return false;
    }
  }
  if (colour === undefined || !hasLow || !hasHigh) return false;
  // In a light colour the mask shows what it means already.
  return (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) / 1000 < MIDDLE;
}

/**
 * Brightness of every pixel, 0 to 255, laid over black where the picture is transparent: what a mask shows.
 * Of a mask that {@linkcode isDrawnInAlpha} it is the opacity.
 *
 * Pure black is 0 and pure white 255 exactly; values between are rounded, so decide about holes with
 * `readHoleMask` and use this to look at a mask as a whole.
 *
 * @returns `[height, width]`, row-major.
 *
 * Source: ITU-R BT.601, as in `readHoleMask`.
 */
export function maskLuma(image: MaskPicture): Uint8Array<ArrayBuffer> {
  const { width, height, rgba } = image;
  const luma = new Uint8Array(width * height);
  if (isDrawnInAlpha(image)) {
    for (let pixel = 0; pixel < luma.length; pixel++) luma[pixel] = rgba[pixel * 4 + 3]!;
    return luma;
  }
  for (let pixel = 0, i = 0; pixel < luma.length; pixel++, i += 4) {
    const opaque = 299 * rgba[i]! + 587 * rgba[i + 1]! + 114 * rgba[i + 2]!;
    luma[pixel] = Math.round(opaque * rgba[i + 3]! / 255_000);
  }
  return luma;
}
