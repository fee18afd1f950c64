/**
 * Growing the holes of a mask.
 * @module
 */
import { measureDistance } from "./mask_augment.ts";

/** Options of {@linkcode dilateMask}. */
export interface DilateMaskOptions {
  readonly width: number;
  readonly height: number;
  /** Pixels that holes grow by in each direction, a whole number; the kernel is a square of `2·radius + 1`. */
  readonly radius: number;
}

/** Distances are counted in fifths of a pixel; see mask_augment.ts. */
const UNIT = 5;

/**
 * Dilates holes by a square.
 *
 * @param holeMask `[height, width]`, 1 = hole.
 * @returns A new mask of the same size.
 */
export function dilateMask(
  holeMask: Uint8Array,
  { width, height, radius }: DilateMaskOptions,
): Uint8Array {
  if (radius === 0) return Uint8Array.from(holeMask);
  const { data } = measureDistance({ data: holeMask, width, height }, "square");
  return Uint8Array.from(
    { length: width * height },
    // The field has a frame of one pixel.
    (_, i) =>
      data[(Math.floor(i / width) + 1) * (width + 2) + i % width + 1]! <= radius * UNIT ? 1 : 0,
  );
}
