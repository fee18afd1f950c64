/**
 * One training sample of super-resolution from one image.
 * @module
 */
import type { Random } from "../random.ts";
import { type LatticeGuess, latticeGuess } from "./lattice_guess.ts";
import { generateHoleMask } from "./mask_generator.ts";
import { randomCrop, type RgbImage } from "./random_crop.ts";
import { resample, roundToBytes } from "./resample.ts";

/** What a network is given that is not the truth; row-major, pictures `size * size * 3`, masks `size * size`. */
export interface LatticePlanes {
  /** What is known, 0 to 255. */
  readonly input255: Uint8Array;
  /** First guess, 0 to 255. */
  readonly guess255: Uint8Array;
  /** 1 where the guess is good. */
  readonly guessMask: Uint8Array;
}

/** A sample with a guess. */
export interface LatticeSample {
  /** The truth: row-major `size * size * 3`, 0 to 255. */
  readonly rgb255: Uint8Array;
  /** Row-major `size * size`, 1 = hole. */
  readonly holeMask: Uint8Array;
  readonly lattice: LatticePlanes;
}

/** Options of {@linkcode makeLatticeSample}. */
export interface LatticeSampleOptions {
  /** Side of the sample in pixels. */
  readonly size: number;
  /** Bounds of the scale, whole numbers of 2 or more, both ends included. */
  readonly scales: readonly [low: number, high: number];
  /**
   * Share of the samples whose small picture has an irregular hole too.
   * @default 0.25
   */
  readonly holesInLattice?: number;
  /**
   * Bounds of the share of hole pixels in such a small picture.
   * @default [0.01, 0.6]
   */
  readonly maskRatio?: readonly [low: number, high: number];
}

/** In one lattice of four, filling and enlarging are learnt at once. */
const HOLES_IN_LATTICE = 0.25;

/**
 * Draws a scale K, crops, shrinks by K, and cuts the sample out of the {@linkcode latticeGuess} of the small picture.
 * That is a little larger than the sample, so the lattice begins anywhere from 0 to K - 1 on both axes.
 */
export function makeLatticeSample(
  image: RgbImage,
  random: Random,
  options: LatticeSampleOptions,
): LatticeSample {
  const { size, scales, holesInLattice = HOLES_IN_LATTICE, maskRatio } = options;
  const scale = random.integer(scales[0], scales[1]);
  const small = smallSide(size, scale);
  const hasHole = random.uniform() < holesInLattice;
  const offset = [random.integer(0, scale - 1), random.integer(0, scale - 1)] as const;
  const truth = randomCrop(image, random, { size: small * scale });
  const holeMask = hasHole
    ? generateHoleMask(random, {
      width: small,
      height: small,
      ...(maskRatio === undefined ? {} : { ratio: maskRatio }),
    })
    : undefined;
  return cutLatticeSample(truth, {
    ...{ size, scale, offset },
    ...(holeMask === undefined ? {} : { holeMask }),
  });
}

/** Side of the small picture, in pixels, out of whose enlargement samples are cut. */
export function smallSide(size: number, scale: number): number {
  return Math.ceil(size / scale) + 1;
}

/** Options of {@linkcode cutLatticeSample}. */
export interface CutLatticeOptions {
  /** Side of the sample in pixels. */
  readonly size: number;
  readonly scale: number;
  /** Column and row of the enlargement at which the sample begins, from 0 to `scale - 1`. */
  readonly offset: readonly [x: number, y: number];
  /**
   * Of the small picture, `smallSide²`, 1 = hole.
   * @default {undefined} No hole
   */
  readonly holeMask?: Uint8Array;
}

/**
 * Shrinks a square picture as the literature of super-resolution makes its test pictures (bicubic, in bytes), lays it
 * out again and cuts a sample out of both.
 *
 * @param truth Row-major `side * side * 3` where side is `scale` times {@linkcode smallSide}.
 */
export function cutLatticeSample(
  truth: Uint8Array,
  { size, scale, offset, holeMask }: CutLatticeOptions,
): LatticeSample {
  const small = smallSide(size, scale);
  const side = small * scale;
  const shrunk = roundToBytes(
    resample({ width: side, height: side, data: truth }, { width: small, height: small }),
  );
  const picture = { width: small, height: small, rgb255: shrunk };
  const laid: LatticeGuess = latticeGuess(
    holeMask === undefined ? picture : { ...picture, holeMask },
    { scale },
  );
  const cut = (plane: Uint8Array, channels: number) =>
    cutSquare(plane, { width: side, channels, offset, size });
  return {
    rgb255: cut(truth, 3),
    holeMask: cut(laid.holeMask, 1),
    lattice: {
      input255: cut(laid.known255, 3),
      guess255: cut(laid.guess255, 3),
      guessMask: cut(laid.guessMask, 1),
    },
  };
}

/** The planes of a sample that is no lattice: all that is known is the truth, and nothing else is guessed. */
export function planesOfHoles(rgb255: Uint8Array, holeMask: Uint8Array): LatticePlanes {
  return { input255: rgb255, guess255: rgb255, guessMask: holeMask.map((hole) => 1 - hole) };
}

/** Planes of so many pixels, all 0. */
export function emptyPlanes(pixels: number): LatticePlanes {
  return {
    input255: new Uint8Array(pixels * 3),
    guess255: new Uint8Array(pixels * 3),
    guessMask: new Uint8Array(pixels),
  };
}

/** Pixels `[from, to)` of planes, without a copy. */
export function cutPlanes(
  { input255, guess255, guessMask }: LatticePlanes,
  from: number,
  to: number,
): LatticePlanes {
  return {
    input255: input255.subarray(from * 3, to * 3),
    guess255: guess255.subarray(from * 3, to * 3),
    guessMask: guessMask.subarray(from, to),
  };
}

/** Writes planes into larger ones, from pixel `at` on. */
export function setPlanes(target: LatticePlanes, planes: LatticePlanes, at: number): void {
  target.input255.set(planes.input255, at * 3);
  target.guess255.set(planes.guess255, at * 3);
  target.guessMask.set(planes.guessMask, at);
}

function cutSquare(
  plane: Uint8Array,
  { width, channels, offset: [left, top], size }: {
    width: number;
    channels: number;
    offset: readonly [number, number];
    size: number;
  },
): Uint8Array<ArrayBuffer> {
  const line = size * channels;
  const out = new Uint8Array(size * line);
  for (let y = 0; y < size; y++) {
    const from = ((top + y) * width + left) * channels;
    out.set(plane.subarray(from, from + line), y * line);
  }
  return out;
}
