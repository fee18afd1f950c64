/**
 * The range of colours that an inpainting network computes in.
 * @module
 */

/** The ranges that networks were trained in. */
export const IMAGE_RANGES = ["[0,1]", "[-1,1]", "imagenet"] as const;

/** One of {@linkcode IMAGE_RANGES}. */
export type ImageRange = typeof IMAGE_RANGES[number];

/** By channel: a network sees `(rgb01 - mean) / deviation`, and what it gives is turned back. */
export interface RangeScale {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/**
 * The three ranges: the paper's, that of mmagic (`data_preprocessor` of its configs/_base_/models/base_pconv.py), and
 * ImageNet's mean and deviation, as naoto0804's opt.py has them.
 *
 * They cannot be folded into kernels: a mean is subtracted from known pixels alone, so what it comes to depends on the
 * mask.
 */
export const RANGE_SCALES: Readonly<Record<ImageRange, RangeScale>> = {
  "[0,1]": { mean: [0, 0, 0], deviation: [1, 1, 1] },
  "[-1,1]": { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  "imagenet": { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
};

/** True if the word is one of {@linkcode IMAGE_RANGES}. */
export function isImageRange(word: unknown): word is ImageRange {
  return (IMAGE_RANGES as readonly unknown[]).includes(word);
}
