/**
 * Colours made opaque.
 * @module
 */

/**
 * Puts alpha 255 behind every colour.
 *
 * @param rgb255 `[height, width, 3]`.
 * @returns `[height, width, 4]`.
 */
export function withAlpha(rgb255: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(rgb255.length / 3 * 4).fill(255);
  for (let from = 0, to = 0; from < rgb255.length; from += 3, to += 4) {
    rgba[to] = rgb255[from]!;
    rgba[to + 1] = rgb255[from + 1]!;
    rgba[to + 2] = rgb255[from + 2]!;
  }
  return rgba;
}
