/**
 * A small picture on the canvas of its enlargement: what is known there, and a first guess of the rest.
 * @module
 */
import { latticeHoleMask, superresLattice } from "./pixel_lattice.ts";
import { resample, roundToBytes } from "./resample.ts";

/** A picture that is to be enlarged. */
export interface SmallPicture {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** `[height, width, 3]`, 0 to 255. */
  readonly rgb255: Uint8Array;
  /**
   * `[height, width]`, 1 = hole.
   * @default {undefined} No hole
   */
  readonly holeMask?: Uint8Array;
}

/** What is known and guessed of an enlargement; every picture `[height, width, 3]`, every mask `[height, width]`. */
export interface LatticeGuess {
  /** Pixels, `scale` times those of the small picture. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** The small picture's pixels at their places, 0 elsewhere. */
  readonly known255: Uint8Array<ArrayBuffer>;
  /** 1 where nothing is known: between those places, and at the places of the small picture's holes. */
  readonly holeMask: Uint8Array<ArrayBuffer>;
  /** The bicubic enlargement in bytes; 0 where `guessMask` is 0. */
  readonly guess255: Uint8Array<ArrayBuffer>;
  /**
   * 1 where the guess is good: no hole of the small picture has a part in the enlargement there, or the pixel is a known
   * one, which then is its own guess.
   */
  readonly guessMask: Uint8Array<ArrayBuffer>;
}

/**
 * Lays a small picture out on the lattice of the paper and enlarges it.
 *
 * @param options `scale` K: a whole number of 2 or more.
 * @throws {RangeError} If the scale or a size does not fit.
 *
 * Source: Liu et al. 2018, section 5.2, for the lattice. The guess is the bicubic enlargement that the literature of
 * super-resolution compares with (`imresize`); the paper has none.
 */
export function latticeGuess(
  { width: small, height: smallHeight, rgb255, holeMask: smallHoles }: SmallPicture,
  { scale }: { readonly scale: number },
): LatticeGuess {
  if (!Number.isInteger(scale) || scale < 2) {
    throw new RangeError(
      `Cannot enlarge: scale is ${scale}, must be a whole number of at least 2`,
    );
  }
  const area = small * smallHeight;
  if (smallHoles !== undefined && smallHoles.length !== area) {
    throw new RangeError(
      `Cannot enlarge: hole mask has ${smallHoles.length} values, must have ${area}`,
    );
  }
  const extent = { width: small * scale, height: smallHeight * scale };
  const source = { width: small, height: smallHeight, data: rgb255 };
  const guess255 = roundToBytes(resample(source, extent));
  const lattice = superresLattice(scale);
  const holeMask = latticeHoleMask(lattice, extent);
  const known255 = new Uint8Array(extent.width * extent.height * 3);
  const guessMask = new Uint8Array(extent.width * extent.height).fill(1);
  if (smallHoles?.includes(1)) {
    clearReach(guessMask, smallHoles, { small, smallHeight, scale });
    for (let at = 0; at < guessMask.length; at++) {
      if (guessMask[at] === 0) guess255.fill(0, at * 3, at * 3 + 3);
    }
  }
  const [left, top] = lattice.phase;
  for (let y = 0, from = 0; y < smallHeight; y++) {
    for (let x = 0; x < small; x++, from++) {
      const at = (y * scale + top) * extent.width + x * scale + left;
      if (smallHoles?.[from] === 1) {
        holeMask[at] = 1;
        continue;
      }
      const pixel = rgb255.subarray(from * 3, from * 3 + 3);
      known255.set(pixel, at * 3);
      if (guessMask[at] === 1) continue;
      guess255.set(pixel, at * 3);
      guessMask[at] = 1;
    }
  }
  return { ...extent, known255, holeMask, guess255, guessMask };
}

/** Takes out of `guessMask` all that a hole has a part in: rows first, then columns, as {@linkcode resample} sums. */
function clearReach(
  guessMask: Uint8Array,
  smallHoles: Uint8Array,
  { small, smallHeight, scale }: { small: number; smallHeight: number; scale: number },
): void {
  const width = small * scale;
  const columns = Array.from({ length: width }, (_, x) => reach(x, scale, small));
  for (let y = 0; y < smallHeight * scale; y++) {
    const [top, bottom] = reach(y, scale, smallHeight);
    const isHole = new Uint8Array(small);
    for (let row = top; row <= bottom; row++) {
      for (let x = 0; x < small; x++) isHole[x]! |= smallHoles[row * small + x]!;
    }
    for (let x = 0; x < width; x++) {
      const [left, right] = columns[x]!;
      for (let k = left; k <= right; k++) if (isHole[k] === 1) guessMask[y * width + x] = 0;
    }
  }
}

/** First and last of the small pixels that one of the enlargement has a part of; what is mirrored lies among them. */
function reach(at: number, scale: number, size: number): readonly [first: number, last: number] {
  // In units of 1 / (2·scale), so that a centre right on a pixel, where all other weights are 0, is seen as one.
  const centre = 2 * at + 1 - scale;
  const unit = 2 * scale;
  if (centre % unit === 0) return [centre / unit, centre / unit];
  return [
    Math.max(0, Math.ceil(centre / unit - 2)),
    Math.min(size - 1, Math.floor(centre / unit + 2)),
  ];
}
