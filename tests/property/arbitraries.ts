/**
 * Random inputs for the laws.
 * @module
 */
import fc from "fast-check";
import { createRandom } from "../../src/random.ts";
import type { Values } from "../support/assert_all_close.ts";

/** Fixed, so that a run repeats; fast-check prints it with the shrunk case. */
export const RUNS = { seed: 20180420, numRuns: 25 } as const;

/** Height and width in pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/** Sizes from 1x1 to 6x7. */
export const sizes: fc.Arbitrary<Size> = fc.record({
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 7 }),
});

/** Numbers in (-1, 1) that depend on the seed alone. */
export function noise(shape: readonly number[], seed: number): Values {
  const random = createRandom(seed);
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    shape: [...shape],
    data: Float32Array.from({ length: size }, () => 2 * random.uniform() - 1),
  };
}

/** A validMask `[n, h, w, 1]`, pixel by pixel, so that shrinking finds the pixel that matters. */
export function validMasks(n: number, { height, width }: Size): fc.Arbitrary<Values> {
  const count = n * height * width;
  const pixels = fc.array(fc.boolean(), { minLength: count, maxLength: count });
  return pixels.map((known) => ({ shape: [n, height, width, 1], data: known.map(Number) }));
}

/** An image with a mask. */
export interface MaskedCase extends Size {
  readonly n: number;
  readonly seed: number;
  /** `[n, h, w, 1]`. */
  readonly validMask: Values;
}

/** Up to two images of one size with a random mask. */
export function maskedCases(
  size: fc.Arbitrary<Size> = sizes,
  most = 2,
): fc.Arbitrary<MaskedCase> {
  return fc.tuple(fc.integer({ min: 1, max: most }), size, fc.nat(1_000_000)).chain(
    ([n, { height, width }, seed]) =>
      validMasks(n, { height, width }).map((validMask) => ({ n, height, width, seed, validMask })),
  );
}

/** Adds `change` to the values under the hole. */
export function changeUnderHole(features: Values, validMask: Values, change: Values): Values {
  const channels = features.shape[3]!;
  const data = Float32Array.from(
    features.data,
    (value, i) => validMask.data[Math.floor(i / channels)] === 1 ? value : value + change.data[i]!,
  );
  return { shape: features.shape, data };
}

/** A mask of one value. */
export function constantMask(n: number, { height, width }: Size, value: 0 | 1): Values {
  return { shape: [n, height, width, 1], data: new Float32Array(n * height * width).fill(value) };
}

/** Takes one item out of a batch, as a batch of one. */
export function itemOf({ shape, data }: Values, item: number): Values {
  const size = data.length / shape[0]!;
  const part = Array.from(data).slice(item * size, (item + 1) * size);
  return { shape: [1, ...shape.slice(1)], data: part };
}
