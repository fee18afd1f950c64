/**
 * The composite: a method's pixels in the hole, the picture's own elsewhere.
 * @module
 */
import type { DamagedImage } from "./types.ts";

/**
 * Takes hole pixels from `painted` and copies known ones from the picture, never computing them.
 *
 * @param painted `[height, width, 3]`, 0..255.
 * @returns `[height, width, 3]`; neither argument is changed.
 * @throws {RangeError} If `painted` is of another size.
 *
 * Source: Liu et al. 2018, section 3.3, I_comp.
 */
export function keepKnown(
  { rgb255, holeMask }: Pick<DamagedImage, "rgb255" | "holeMask">,
  painted: Uint8Array,
): Uint8Array<ArrayBuffer> {
  if (painted.length !== rgb255.length || holeMask.length * 3 !== rgb255.length) {
    throw new RangeError(
      `Cannot combine pictures: lengths are ${painted.length} and ${rgb255.length}, ` +
        `must be ${holeMask.length * 3}`,
    );
  }
  const result = new Uint8Array(rgb255);
  for (let pixel = 0, i = 0; pixel < holeMask.length; pixel++, i += 3) {
    if (holeMask[pixel] === 0) continue;
    result[i] = painted[i]!;
    result[i + 1] = painted[i + 1]!;
    result[i + 2] = painted[i + 2]!;
  }
  return result;
}
