/**
 * How unlike two patches are.
 * @module
 */

/**
 * Sums the squared differences of all values of two whole patches.
 *
 * Arguments are positional because this runs hundreds of millions of times.
 *
 * @param rgb255 `[height, width, 3]`.
 * @param width Of the picture, in pixels.
 * @param a Index `y * width + x` of a patch's centre.
 * @param b The other's.
 * @param limit Once the sum over whole rows reaches this, the sum is returned; Infinity for the whole distance.
 * @returns Whole number: the distance if it is below `limit`, else something from `limit` up to the distance.
 *
 * Source: Barnes et al. 2009, section 3.2 (early termination).
 */
export function patchDistance(
  rgb255: Uint8Array,
  width: number,
  radius: number,
  a: number,
  b: number,
  limit: number,
): number {
  const stride = width * 3;
  const length = (2 * radius + 1) * 3;
  let rowA = (a - radius * width - radius) * 3;
  let rowB = (b - radius * width - radius) * 3;
  let sum = 0;
  for (let row = -radius; row <= radius; row++) {
    for (let i = 0; i < length; i += 3) {
      const red = rgb255[rowA + i]! - rgb255[rowB + i]!;
      const green = rgb255[rowA + i + 1]! - rgb255[rowB + i + 1]!;
      const blue = rgb255[rowA + i + 2]! - rgb255[rowB + i + 2]!;
      sum += red * red + green * green + blue * blue;
    }
    if (sum >= limit) return sum;
    rowA += stride;
    rowB += stride;
  }
  return sum;
}
