/**
 * Random square pieces of an image, for training.
 * @module
 */
import type { Random } from "../random.ts";

/** A decoded colour image. */
export interface RgbImage {
  /** Row-major `height * width * 3`, 0 to 255. */
  readonly rgb255: Uint8Array;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** A rectangle of an image in pixels; fractions are allowed. */
export interface CropBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Options of {@linkcode randomCrop}. */
export interface RandomCropOptions {
  /** Side of the result in pixels. */
  size: number;
}

/**
 * Cuts a random square, resizes it to `size` and mirrors every second one.
 *
 * The side of the square is log-uniform between `size` and the image's shorter side, so all magnifications between
 * are equally likely. An image whose shorter side is below `size` is enlarged. Draws four numbers from `random`
 * whatever the image is.
 *
 * @returns Row-major `size * size * 3`, 0 to 255.
 * @throws {RangeError} If `size` is not a whole number of at least 1.
 */
export function randomCrop(
  image: RgbImage,
  random: Random,
  { size }: RandomCropOptions,
): Uint8Array {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `Cannot crop image: size is ${size}, must be a whole number of at least 1`,
    );
  }
  const { width, height } = image;
  const shorter = Math.min(width, height);
  const zoom = random.uniform();
  const side = shorter <= size ? shorter : Math.round(size * (shorter / size) ** zoom);
  const left = Math.floor(random.uniform() * (width - side + 1));
  const top = Math.floor(random.uniform() * (height - side + 1));
  const isMirrored = random.uniform() < 0.5;
  const box = { left, top, width: side, height: side };
  const crop = resizeBox(image, box, { width: size, height: size });
  if (isMirrored) mirror(crop, size);
  return crop;
}

/**
 * Resamples a rectangle of an image with a triangle filter that widens when the image shrinks.
 *
 * @returns Row-major `height * width * 3`, 0 to 255.
 *
 * Source: Pillow's `resize(..., BILINEAR, box)`: bilinear when enlarging, antialiased when shrinking. Pixels outside
 * the box are not looked at, as if its edge ended the image.
 */
export function resizeBox(
  image: RgbImage,
  box: CropBox,
  { width, height }: { width: number; height: number },
): Uint8Array {
  const columns = makeTaps(box.left, box.width, width);
  const rows = makeTaps(box.top, box.height, height);
  const firstRow = rows.start[0]!;
  const lastRow = rows.start[height - 1]! + rows.count - 1;
  const narrow = new Float32Array((lastRow - firstRow + 1) * width * 3);
  for (let y = firstRow, o = 0; y <= lastRow; y++) {
    const line = y * image.width * 3;
    for (let x = 0; x < width; x++, o += 3) {
      let [r, g, b] = [0, 0, 0];
      let i = line + columns.start[x]! * 3;
      for (let k = x * columns.count, end = k + columns.count; k < end; k++, i += 3) {
        const weight = columns.weight[k]!;
        r += weight * image.rgb255[i]!;
        g += weight * image.rgb255[i + 1]!;
        b += weight * image.rgb255[i + 2]!;
      }
      narrow[o] = r;
      narrow[o + 1] = g;
      narrow[o + 2] = b;
    }
  }
  const line = width * 3;
  const out = new Uint8Array(height * line);
  const sum = new Float32Array(line);
  for (let y = 0; y < height; y++) {
    sum.fill(0.5); // rounds to nearest when it is cut to a byte
    let i = (rows.start[y]! - firstRow) * line;
    for (let k = y * rows.count, end = k + rows.count; k < end; k++, i += line) {
      const weight = rows.weight[k]!;
      if (weight === 0) continue;
      for (let x = 0; x < line; x++) sum[x]! += weight * narrow[i + x]!;
    }
    out.set(sum, y * line);
  }
  return out;
}

/** Filter weights of one axis: output `o` is the sum of `count` inputs from `start[o]` on. */
interface Taps {
  readonly start: Int32Array;
  readonly count: number;
  readonly weight: Float32Array;
}

function makeTaps(from: number, length: number, outputs: number): Taps {
  const scale = length / outputs;
  const support = Math.max(1, scale);
  const [first, end] = [Math.floor(from), Math.ceil(from + length)];
  const count = Math.min(end - first, Math.ceil(support) * 2 + 1);
  const start = new Int32Array(outputs);
  const weight = new Float32Array(outputs * count);
  for (let o = 0; o < outputs; o++) {
    const centre = from + (o + 0.5) * scale;
    start[o] = Math.max(first, Math.min(end - count, Math.floor(centre - support)));
    let total = 0;
    for (let k = 0; k < count; k++) {
      total += weight[o * count + k] = Math.max(
        0,
        1 - Math.abs(start[o]! + k + 0.5 - centre) / support,
      );
    }
    for (let k = 0; k < count; k++) weight[o * count + k]! /= total;
  }
  return { start, count, weight };
}

/** Turns every line of a square image round. */
function mirror(rgb255: Uint8Array, size: number): void {
  for (let y = 0; y < size; y++) {
    let i = y * size * 3;
    let j = i + (size - 1) * 3;
    for (; i < j; i += 3, j -= 3) {
      for (let c = 0; c < 3; c++) {
        const value = rgb255[i + c]!;
        rgb255[i + c] = rgb255[j + c]!;
        rgb255[j + c] = value;
      }
    }
  }
}
