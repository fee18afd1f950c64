/**
 * One training sample from one image.
 * @module
 */
import type { Random } from "../random.ts";
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
}

/** A square crop and a mask for it. */
export interface Sample {
  /** Row-major `size * size * 3`, 0 to 255. */
  readonly rgb255: Uint8Array;
  /** Row-major `size * size`, 1 = hole. */
  readonly holeMask: Uint8Array;
}

/**
 * Crops an image and makes a mask, from one stream of chance.
 *
 * @param random For sample `i` of a run this is `createRandom(seed, i)`; see `openSamples`.
 */
export function makeSample(image: RgbImage, random: Random, options: MakeSampleOptions): Sample {
  const { size, maskRatio } = options;
  const rgb255 = randomCrop(image, random, { size });
  const ratio = maskRatio === undefined ? {} : { ratio: maskRatio };
  const holeMask = generateHoleMask(random, { width: size, height: size, ...ratio });
  return { rgb255, holeMask };
}
