/**
 * Pictures made smaller.
 * @module
 */

/** A picture without alpha. */
export interface Pixels {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 3]`, row-major. */
  readonly rgb255: Uint8Array;
}

/**
 * Averages squares of `factor` by `factor` pixels; at the right and lower edge what is left of them.
 *
 * @param factor Whole number, at least 1.
 */
export function reducePixels({ width, height, rgb255 }: Pixels, factor: number): Pixels {
  const smallWidth = Math.ceil(width / factor);
  const smallHeight = Math.ceil(height / factor);
  const reduced = new Uint8Array(smallWidth * smallHeight * 3);
  for (let i = 0; i < reduced.length; i++) {
    const left = Math.floor(i / 3) % smallWidth * factor;
    const top = Math.floor(i / 3 / smallWidth) * factor;
    const right = Math.min(width, left + factor);
    const bottom = Math.min(height, top + factor);
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += rgb255[(y * width + x) * 3 + i % 3]!;
    }
    reduced[i] = Math.round(sum / ((right - left) * (bottom - top)));
  }
  return { width: smallWidth, height: smallHeight, rgb255: reduced };
}
