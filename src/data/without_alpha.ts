/**
 * Colours without transparency.
 * @module
 */

/**
 * Leaves the alpha channel out; colours are neither multiplied by it nor laid over a background.
 *
 * @param rgba `[height, width, 4]`.
 * @returns `[height, width, 3]`.
 */
export function withoutAlpha(rgba: Uint8ClampedArray | Uint8Array): Uint8Array<ArrayBuffer> {
  const rgb255 = new Uint8Array(rgba.length / 4 * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb255[to] = rgba[from]!;
    rgb255[to + 1] = rgba[from + 1]!;
    rgb255[to + 2] = rgba[from + 2]!;
  }
  return rgb255;
}
