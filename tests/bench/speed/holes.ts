/**
 * Holes of a wanted share.
 * @module
 */
import { generateHoleMask } from "../../../src/data/mask_generator.ts";
import { createRandom } from "../../../src/random.ts";

/** An irregular hole as training sees it, `[size, size]`, 1 = hole; its share is within a twentieth of `percent`. */
export function irregularHole(size: number, percent: number, seed = 0): Uint8Array {
  const share = percent / 100;
  const ratio = [0.95 * share, Math.min(0.99, 1.05 * share)] as const;
  return generateHoleMask(createRandom(6, 4, size, percent, seed), {
    ...{ width: size, height: size, ratio },
  });
}

/** One square in the middle. */
export function squareHole(size: number, percent: number): Uint8Array {
  const side = Math.round(size * Math.sqrt(percent / 100));
  const first = Math.floor((size - side) / 2);
  const isInside = (at: number) => at >= first && at < first + side;
  return Uint8Array.from(
    { length: size * size },
    (_, i) => isInside(i % size) && isInside(Math.floor(i / size)) ? 1 : 0,
  );
}

/** Share of hole pixels, 0..1. */
export function holeShare(hole: Uint8Array): number {
  return hole.reduce((sum, value) => sum + value, 0) / hole.length;
}
