/**
 * Which patches of a level are filled and which are copied from.
 * @module
 */
import type { PyramidLevel } from "./image_pyramid.ts";

/** Square patches of one level, named by the index `y * width + x` of their centres. */
export interface PatchSets {
  /** A patch has `2 * radius + 1` pixels a side. */
  readonly radius: number;
  /** Centres of all whole patches that overlap the hole, in scan order. */
  readonly targets: Int32Array;
  /** Centres of all whole patches without a hole pixel, in scan order; at least one. */
  readonly sources: Int32Array;
  /** `[height, width]`, 1 at the centres of `sources`. */
  readonly isSource: Uint8Array;
}

/** Options of {@linkcode findPatches}. */
export interface FindPatchesOptions {
  /** Radius that is wanted, 0 or more; taken if there are enough sources. */
  readonly radius: number;
}

/** Sources are enough from this share of the known pixels on: a few would repeat all over the hole. */
const ENOUGH_SOURCES = 1 / 50;

/**
 * Lists the patches of a level. Only patches that lie wholly in the picture count, so a pixel in its corner is in
 * one patch and a pixel far from its rim in `(2 * radius + 1)²`. If patches of the wanted radius do not fit into
 * the picture, or less than one for every 50 known pixels is without hole, the radius is made smaller; at radius 0
 * every known pixel is a source.
 *
 * @param level At least one pixel must be known.
 *
 * Source: Wexler et al. 2007: all patches that overlap the hole take part, and those
 * wholly outside it are the data set.
 * Differs: their radius is fixed.
 */
export function findPatches(level: PyramidLevel, options: FindPatchesOptions): PatchSets {
  const { width, height, holeMask } = level;
  const known = holeMask.length - holeMask.reduce((sum, hole) => sum + hole, 0);
  const largest = Math.floor((Math.min(width, height) - 1) / 2);
  for (let radius = Math.min(options.radius, largest); radius > 0; radius--) {
    const sets = listPatches(level, radius);
    if (sets.sources.length >= Math.max(1, known * ENOUGH_SOURCES)) return sets;
  }
  return listPatches(level, 0);
}

/** Counts the hole pixels of every whole patch from a summed-area table. */
function listPatches({ width, height, holeMask }: PyramidLevel, radius: number): PatchSets {
  const stride = width + 1;
  const sums = new Int32Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += holeMask[y * width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  const isSource = new Uint8Array(width * height);
  const targets = new Int32Array(width * height);
  const sources = new Int32Array(width * height);
  let [targetCount, sourceCount] = [0, 0];
  for (let y = radius; y < height - radius; y++) {
    const above = (y - radius) * stride;
    const below = (y + radius + 1) * stride;
    for (let x = radius; x < width - radius; x++) {
      const [left, right] = [x - radius, x + radius + 1];
      const holes = sums[below + right]! - sums[below + left]! - sums[above + right]! +
        sums[above + left]!;
      const centre = y * width + x;
      if (holes > 0) targets[targetCount++] = centre;
      else {
        sources[sourceCount++] = centre;
        isSource[centre] = 1;
      }
    }
  }
  return {
    radius,
    targets: targets.slice(0, targetCount),
    sources: sources.slice(0, sourceCount),
    isSource,
  };
}
