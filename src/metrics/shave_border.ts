/**
 * Pictures without their rim, which super-resolution leaves out of its scores.
 * @module
 */

/** A picture and how much of it goes. */
export interface ShaveBorderOptions {
  /** Pixels per row. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /** Pixels that go at every side. */
  readonly border: number;
}

/** What {@linkcode shaveBorder} leaves. */
export interface ShavedPicture {
  readonly width: number;
  readonly height: number;
  /** rgb255 `[height, width, 3]`. */
  readonly rgb255: Uint8Array<ArrayBuffer>;
}

/**
 * Copies a picture without its outermost pixels.
 *
 * @param rgb255 `[h·w·3]` interleaved.
 * @throws {RangeError} If the size does not fit the data, or nothing would be left.
 */
export function shaveBorder(
  rgb255: Uint8Array,
  { width, height, border }: ShaveBorderOptions,
): ShavedPicture {
  if (rgb255.length !== width * height * 3) {
    throw new RangeError(
      `Cannot shave picture: it has ${rgb255.length / 3} pixels, must have ${width}x${height}`,
    );
  }
  const inner = { width: width - 2 * border, height: height - 2 * border };
  if (!Number.isInteger(border) || border < 0 || inner.width < 1 || inner.height < 1) {
    throw new RangeError(`Cannot shave ${border} pixels from every side of ${width}x${height}`);
  }
  const shaved = new Uint8Array(inner.width * inner.height * 3);
  for (let y = 0; y < inner.height; y++) {
    const from = ((y + border) * width + border) * 3;
    shaved.set(rgb255.subarray(from, from + inner.width * 3), y * inner.width * 3);
  }
  return { ...inner, rgb255: shaved };
}
