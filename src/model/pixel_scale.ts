/**
 * The range of colours that a judging network was trained on.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** By channel: a network sees `(rgb255 - offset) / divisor`. */
export interface PixelScale {
  readonly offset: readonly [number, number, number];
  readonly divisor: readonly [number, number, number];
}

/** The ranges that classifiers want. */
export const INPUT_RANGES = ["minus-one-one", "zero-one", "imagenet"] as const;

/** One of {@linkcode INPUT_RANGES}. */
export type InputRange = typeof INPUT_RANGES[number];

/**
 * `minus-one-one`: rgb255 / 127.5 - 1, as MobileNet and Inception. `zero-one`: rgb255 / 255. `imagenet`: rgb255 / 255
 * less mean (0.485, 0.456, 0.406), over deviation (0.229, 0.224, 0.225), as torchvision.
 */
export const PIXEL_SCALES: Readonly<Record<InputRange, PixelScale>> = {
  "minus-one-one": { offset: [127.5, 127.5, 127.5], divisor: [127.5, 127.5, 127.5] },
  "zero-one": { offset: [0, 0, 0], divisor: [255, 255, 255] },
  "imagenet": {
    offset: [255 * 0.485, 255 * 0.456, 255 * 0.406],
    divisor: [255 * 0.229, 255 * 0.224, 255 * 0.225],
  },
};

/**
 * Puts a picture on the active backend in a network's range. The arithmetic is in float64 by a table of the 256
 * levels, so the numbers are the same on every backend.
 *
 * @param rgb255 `[height, width, 3]`.
 * @returns `[1, height, width, 3]`; the caller's scope owns it.
 */
export function scalePixels(
  rgb255: Uint8Array,
  { width, height, scale }: { width: number; height: number; scale: PixelScale },
): tf.Tensor4D {
  const tables = [0, 1, 2].map((c) =>
    Float32Array.from({ length: 256 }, (_, v) => (v - scale.offset[c]!) / scale.divisor[c]!)
  );
  const values = new Float32Array(rgb255.length);
  for (let i = 0; i < values.length; i++) values[i] = tables[i % 3]![rgb255[i]!]!;
  return tf.tensor4d(values, [1, height, width, 3]);
}

/**
 * Checks that a picture has the size that is said.
 *
 * @param action What cannot be done otherwise, for the message: "compare pictures".
 * @throws {RangeError} If it has not.
 */
export function checkPicture(
  rgb255: Uint8Array,
  { width, height, action }: { width: number; height: number; action: string },
): void {
  if (rgb255.length === width * height * 3) return;
  throw new RangeError(
    `Cannot ${action}: picture has ${rgb255.length} values, must have ${width}x${height}x3`,
  );
}
