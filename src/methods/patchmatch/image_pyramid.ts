/**
 * A picture with holes at all scales.
 * @module
 */

import type { DamagedImage } from "../types.ts";

/** One scale of a picture; its hole pixels are worked on in place. */
export interface PyramidLevel {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 3]`, 0..255. */
  readonly rgb255: Uint8Array<ArrayBuffer>;
  /** `[height, width]`, 1 = hole, 0 = known. */
  readonly holeMask: Uint8Array;
}

/**
 * Halves a picture again and again.
 *
 * A pixel of the coarser level is the mean of those of its 2x2 finer pixels that are known, rounded half up, and
 * known if any of them is. So a hole shrinks by up to one pixel at each of its sides and vanishes at some level:
 * with irregular strokes over 60 % of a picture, halving that lets holes grow would leave nothing to copy from.
 *
 * @param finest Is copied; its hole pixels come out as 0.
 * @returns From the finest level to the first without a hole; sides are halved and rounded up.
 * @throws {RangeError} If no pixel is known.
 *
 * Source: Wexler et al. 2007 work on a pyramid; the means over known pixels are those of
 * Gortler et al. 1996 ("push-pull").
 * Differs: usually a coarse pixel is hole if any pixel below it is, so that holes grow.
 */
export function buildPyramid(finest: DamagedImage): PyramidLevel[] {
  const { width, height, holeMask } = finest;
  if (!holeMask.includes(0)) {
    throw new RangeError("Cannot build pyramid: every pixel is hole, at least one must be known");
  }
  const rgb255 = new Uint8Array(finest.rgb255);
  for (let i = 0; i < holeMask.length; i++) {
    if (holeMask[i] !== 0) rgb255.fill(0, i * 3, i * 3 + 3);
  }
  const levels: PyramidLevel[] = [{ width, height, rgb255, holeMask }];
  while (levels.at(-1)!.holeMask.includes(1)) levels.push(halve(levels.at(-1)!));
  return levels;
}

/** One level down. */
function halve(finer: PyramidLevel): PyramidLevel {
  const width = Math.ceil(finer.width / 2);
  const height = Math.ceil(finer.height / 2);
  const rgb255 = new Uint8Array(width * height * 3);
  const holeMask = new Uint8Array(width * height).fill(1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue, count] = [0, 0, 0, 0];
      for (let row = 2 * y; row < Math.min(2 * y + 2, finer.height); row++) {
        for (let column = 2 * x; column < Math.min(2 * x + 2, finer.width); column++) {
          const from = row * finer.width + column;
          if (finer.holeMask[from] !== 0) continue;
          red += finer.rgb255[from * 3]!;
          green += finer.rgb255[from * 3 + 1]!;
          blue += finer.rgb255[from * 3 + 2]!;
          count++;
        }
      }
      if (count === 0) continue;
      const to = y * width + x;
      holeMask[to] = 0;
      rgb255[to * 3] = Math.floor(red / count + 0.5);
      rgb255[to * 3 + 1] = Math.floor(green / count + 0.5);
      rgb255[to * 3 + 2] = Math.floor(blue / count + 0.5);
    }
  }
  return { width, height, rgb255, holeMask };
}

/**
 * Fills the holes of a level smoothly from the next coarser one, which must have no hole left: doubled bilinearly
 * on the half-pixel grid, weights 9, 3, 3 and 1 of 16, rounded half up.
 *
 * @param level Its hole pixels are written.
 */
export function fillFromCoarser(level: PyramidLevel, coarser: PyramidLevel): void {
  const { width, height, rgb255, holeMask } = level;
  const coarse = coarser.rgb255;
  for (let y = 0; y < height; y++) {
    const near = (y >> 1) * coarser.width;
    const far = neighbour(y, coarser.height) * coarser.width;
    for (let x = 0; x < width; x++) {
      const to = y * width + x;
      if (holeMask[to] === 0) continue;
      const nearX = x >> 1;
      const farX = neighbour(x, coarser.width);
      for (let c = 0; c < 3; c++) {
        const sum = 9 * coarse[(near + nearX) * 3 + c]! + 3 * coarse[(near + farX) * 3 + c]! +
          3 * coarse[(far + nearX) * 3 + c]! + coarse[(far + farX) * 3 + c]!;
        rgb255[to * 3 + c] = (sum + 8) >> 4;
      }
    }
  }
}

/** Coarse position on the other side of fine position `at` than its own cell, within the picture. */
function neighbour(at: number, coarseSize: number): number {
  const beside = (at >> 1) + (at % 2 === 0 ? -1 : 1);
  return Math.max(0, Math.min(coarseSize - 1, beside));
}
