/**
 * Which image meets which mask.
 * @module
 */
import { createRandom, type Random } from "../random.ts";

/** Options of {@linkcode dealMasks}. */
export interface DealMasksOptions {
  /** Number of images. */
  readonly images: number;
  /** Number of masks. */
  readonly masks: number;
  /** Number of pairs wanted, at most `images * masks`. */
  readonly pairs: number;
  readonly seed: number;
}

/** Indices of one pair. */
export interface DealtMask {
  readonly image: number;
  readonly mask: number;
}

/**
 * Pairs images with masks without replacement: no pair twice, no image and no mask used twice more than another.
 *
 * Images and masks are shuffled. Pair `k` takes image `k mod I` and mask `(k + floor(k / L)) mod M`, where
 * `L = lcm(I, M)` pairs use every mask equally often, so that the shift never repeats a pair.
 *
 * @throws {RangeError} If more pairs are asked for than there are.
 */
export function dealMasks({ images, masks, pairs, seed }: DealMasksOptions): DealtMask[] {
  if (pairs > images * masks) {
    throw new RangeError(
      `Cannot deal ${pairs} pairs: ${images} images and ${masks} masks make ${images * masks}`,
    );
  }
  const imageOrder = shuffled(images, createRandom(seed, 1));
  const maskOrder = shuffled(masks, createRandom(seed, 2));
  const period = images * masks / greatestCommonDivisor(images, masks);
  return Array.from({ length: pairs }, (_, k) => ({
    image: imageOrder[k % images]!,
    mask: maskOrder[(k + Math.floor(k / period)) % masks]!,
  }));
}

/** Options of {@linkcode dealClasses}. */
export interface DealClassesOptions {
  /** Number of images. */
  readonly images: number;
  /** Number of classes of masks. */
  readonly classes: number;
  /** Number of pairs wanted. */
  readonly pairs: number;
  readonly seed: number;
}

/** Pairs images with classes of masks in turn; each class has its share of the pairs, give or take one. */
export function dealClasses(
  { images, classes, pairs, seed }: DealClassesOptions,
): { image: number; class: number }[] {
  const order = shuffled(images, createRandom(seed, 3));
  return Array.from({ length: pairs }, (_, k) => ({
    image: order[k % images]!,
    class: k % classes,
  }));
}

/** Numbers below `count` in random order (Fisher-Yates). */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
