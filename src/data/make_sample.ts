/**
 * One training sample from one image.
 * @module
 */
import type { Random } from "../random.ts";
import { type LatticePlanes, makeLatticeSample, planesOfHoles } from "./lattice_sample.ts";
import { generateHoleMask } from "./mask_generator.ts";
import { randomCrop, type RgbImage } from "./random_crop.ts";

/** Options of {@linkcode makeSample}. */
export interface MakeSampleOptions {
  /** Side of the sample in pixels. */
  size: number;
  /**
   * Bounds of the share of hole pixels.
   * @default [0.01, 0.6]
   */
  maskRatio?: readonly [low: number, high: number];
  /**
   * Makes some of the samples lattices, that is, pictures to be enlarged.
   * @default {undefined} None
   */
  lattices?: LatticeShare;
}

/** Which samples are pictures to be enlarged. */
export interface LatticeShare {
  /** Share of the samples, above 0 and at most 1. */
  readonly share: number;
  /** Bounds of the scale, whole numbers of 2 or more, both ends included. */
  readonly scales: readonly [low: number, high: number];
}

/** A square crop and a mask for it. */
export interface Sample {
  /** Row-major `size * size * 3`, 0 to 255. */
  readonly rgb255: Uint8Array;
  /** Row-major `size * size`, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** What is known and guessed, if some samples are lattices; there for all of them then. */
  readonly lattice?: LatticePlanes;
}

/**
 * Crops an image and makes a mask, from one stream of chance.
 *
 * @param random For sample `i` of a run this is `createRandom(seed, i)`; see `openSamples`.
 */
export function makeSample(image: RgbImage, random: Random, options: MakeSampleOptions): Sample {
  const { size, maskRatio, lattices } = options;
  const lattice = drawLattice(image, random, options);
  if (lattice !== undefined) return lattice;
  const rgb255 = randomCrop(image, random, { size });
  const ratio = maskRatio === undefined ? {} : { ratio: maskRatio };
  const holeMask = generateHoleMask(random, { width: size, height: size, ...ratio });
  return lattices === undefined
    ? { rgb255, holeMask }
    : { rgb255, holeMask, lattice: planesOfHoles(rgb255, holeMask) };
}

/**
 * Decides whether a sample is a lattice, and makes it if so. Draws nothing where no sample is one, so that such runs
 * keep their bits.
 */
export function drawLattice(
  image: RgbImage,
  random: Random,
  { size, maskRatio, lattices }: MakeSampleOptions,
): Sample | undefined {
  if (lattices === undefined || random.uniform() >= lattices.share) return undefined;
  return makeLatticeSample(image, random, {
    size,
    scales: lattices.scales,
    ...(maskRatio === undefined ? {} : { maskRatio }),
  });
}
