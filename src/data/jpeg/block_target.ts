/**
 * What the samples of a touched block should become, and how much each matters.
 * @module
 */
import type { ColourWeights } from "./colour_model.ts";
import type { UprightWalk } from "./upright_walk.ts";

/** Weight of a pixel of the hole against 1 of a known one: what is made up may be off a little more. */
export const HOLE_WEIGHT = 0.25;

/** Weight of samples outside the picture, which nobody sees. */
const OUTSIDE_WEIGHT = 1 / 64;

/** A filled picture and where the stored pixels lie in it. */
export interface FilledPicture {
  /** Stored width in pixels. */
  readonly width: number;
  /** Stored height in pixels. */
  readonly height: number;
  /** `[height, width, 4]` upright. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
  /** `[height, width]` upright, 1 = hole. */
  readonly holeMask: Uint8Array;
  readonly walk: UprightWalk;
}

/** Where a block lies and what a sample of it covers. */
export interface BlockArea {
  /** Of its left upper sample, in samples. */
  readonly left: number;
  /** Of its left upper sample, in samples. */
  readonly top: number;
  /** Pixels under a sample, side by side. */
  readonly cellWide: number;
  /** Pixels under a sample, one below the other. */
  readonly cellHigh: number;
  readonly colour: ColourWeights;
}

/** Samples of a block, row-major, around 0. */
export interface BlockTarget {
  readonly samples: Float64Array;
  /** How much a squared error of each matters, above 0. */
  readonly weights: Float64Array;
}

/**
 * Fills in the samples that a hole touches; those of known pixels alone stay what the file says, not what a decoder
 * has rounded, blurred (colour is sampled more coarsely) and clipped.
 *
 * Where a sample covers known pixels and pixels of the hole it becomes their weighted mean, which is the least
 * weighted sum of squares. Samples outside the picture repeat its edge.
 *
 * @param target On entry the samples as the file has them; changed in place.
 */
export function setBlockTarget(
  target: BlockTarget,
  picture: FilledPicture,
  area: BlockArea,
): void {
  const { samples, weights } = target;
  const { width, height, rgba, holeMask, walk } = picture;
  const { left, top, cellWide, cellHigh, colour } = area;
  const isFilled = new Uint8Array(64);
  for (let i = 0; i < 64; i++) {
    const x = (left + (i & 7)) * cellWide;
    const y = (top + (i >> 3)) * cellHigh;
    if (x >= width || y >= height) {
      weights[i] = OUTSIDE_WEIGHT;
      // The nearest sample of the picture has been set before, for it lies further left or above.
      const column = x >= width ? Math.floor((width - 1) / cellWide) - left : i & 7;
      const row = y >= height ? Math.floor((height - 1) / cellHigh) - top : i >> 3;
      const edge = 8 * row + column;
      if (isFilled[edge] === 1) samples[i] = samples[edge]!;
      continue;
    }
    let known = 0;
    let missing = 0;
    let sum = 0;
    for (let dy = 0; dy < cellHigh && y + dy < height; dy++) {
      let at = walk.start + x * walk.alongX + (y + dy) * walk.alongY;
      for (let dx = 0; dx < cellWide && x + dx < width; dx++, at += walk.alongX) {
        if (holeMask[at] === 0) {
          known++;
          continue;
        }
        missing++;
        sum += colour.red * rgba[4 * at]! + colour.green * rgba[4 * at + 1]! +
          colour.blue * rgba[4 * at + 2]! + colour.offset;
      }
    }
    const weight = known + HOLE_WEIGHT * missing;
    weights[i] = weight;
    if (missing === 0) continue;
    isFilled[i] = 1;
    samples[i] = (known * samples[i]! + HOLE_WEIGHT * sum) / weight;
  }
}
