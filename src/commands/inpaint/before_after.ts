/**
 * A picture of before and after.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";

/** Colour of the hole in the left half. */
const HOLE_COLOUR = [255, 0, 255] as const;

/** White pixels between the halves. */
const GAP = 8;

/**
 * Puts the damaged picture, its hole in magenta, to the left of the filled one.
 *
 * @param holeMask `[height, width]`, 1 = hole.
 * @param filled `[height, width, 4]`.
 * @returns Opaque, `height` by `2·width + 8`.
 */
export function beforeAfter(
  { width, height, rgba }: Pick<DecodedImage, "width" | "height" | "rgba">,
  holeMask: Uint8Array,
  filled: Uint8ClampedArray,
): { width: number; height: number; rgba: Uint8ClampedArray } {
  const total = 2 * width + GAP;
  const sheet = new Uint8ClampedArray(total * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      const left = (y * total + x) * 4;
      const right = left + (width + GAP) * 4;
      for (let c = 0; c < 3; c++) {
        sheet[left + c] = holeMask[from] === 1 ? HOLE_COLOUR[c]! : rgba[from * 4 + c]!;
        sheet[right + c] = filled[from * 4 + c]!;
      }
    }
  }
  return { width: total, height, rgba: sheet };
}
