/**
 * Pictures of random numbers with holes.
 * @module
 */
import { createRandom } from "../../src/random.ts";

/** A picture as engines take it. */
export interface HoledPicture {
  readonly height: number;
  readonly width: number;
  /** `[height, width, 3]`, 0..1, of random numbers in the hole too. */
  readonly rgb01: Float32Array<ArrayBuffer>;
  /** `[height, width]`, 1 = known. */
  readonly validMask: Uint8Array<ArrayBuffer>;
}

/** Options of {@linkcode makeHoledPicture}. */
export interface HoledPictureOptions {
  readonly height: number;
  readonly width: number;
  /** @default 1 */
  readonly seed?: number;
  /** Whether a pixel is missing; default: an ellipse of a quarter of the picture left of the middle, and a stroke. */
  readonly isHole?: (y: number, x: number) => boolean;
}

/** Makes a picture with a hole. */
export function makeHoledPicture(options: HoledPictureOptions): HoledPicture {
  const { height, width, seed = 1 } = options;
  const random = createRandom(seed, height, width);
  const { isHole = (y, x) => isInBlob(y / height, x / width) } = options;
  const rgb01 = Float32Array.from({ length: height * width * 3 }, () => random.uniform());
  const validMask = Uint8Array.from(
    { length: height * width },
    (_, i) => isHole(Math.floor(i / width), i % width) ? 0 : 1,
  );
  return { height, width, rgb01, validMask };
}

/** Random pixels, half of them known, as `[height, width]` of 1 and 0. */
export function makeRandomMask(
  height: number,
  width: number,
  { seed = 1, share = 0.5 }: { seed?: number; share?: number } = {},
): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed, height, width);
  return Uint8Array.from({ length: height * width }, () => random.uniform() < share ? 1 : 0);
}

/** Places from 0 to 1. */
function isInBlob(y: number, x: number): boolean {
  return Math.hypot(y - 0.45, x - 0.35) < 0.28 || Math.abs(y - 0.1 - 0.7 * x) < 0.02;
}
