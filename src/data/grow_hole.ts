/**
 * Holes grown by a circle, and weights that fade out around them.
 * @module
 */

/** Most pixels that a hole can grow or fade by: distances up to it are told apart. */
export const MOST_GROWTH = 254;

/** Size of a mask in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Options of {@linkcode growHole}. */
export interface GrowHoleOptions extends Size {
  /** Pixels, 0 to 254; a pixel joins whose centre lies that near to the centre of a hole pixel. */
  readonly radius: number;
}

/** Options of {@linkcode featherWeights}. */
export interface FeatherWeightsOptions extends Size {
  /** Width of the band around the hole in pixels, 0 to 254. */
  readonly feather: number;
}

/** Further away than was asked for. */
const FAR = 65_535;

/**
 * Dilates holes by a circle.
 *
 * @param holeMask `[height, width]`, 1 = hole.
 * @returns A new mask of the same size.
 * @throws {RangeError} If the radius is out of range.
 */
export function growHole(
  holeMask: Uint8Array,
  { width, height, radius }: GrowHoleOptions,
): Uint8Array<ArrayBuffer> {
  if (radius === 0) return Uint8Array.from(holeMask);
  const squared = squaredDistances(holeMask, { width, height, most: radius });
  const grown = new Uint8Array(holeMask.length);
  for (let i = 0; i < grown.length; i++) grown[i] = squared[i]! < FAR ? 1 : 0;
  return grown;
}

/**
 * Weights of a fill that fades into its surroundings: 255 in the hole, falling in a straight line across a band
 * around it, 0 beyond. At distance `d` of a band of `N` pixels it is `1 - d / (N + 1)`, so every pixel of the band
 * has some.
 *
 * The fill must cover the band too: what has a weight above 0 is what the method is to fill.
 *
 * @param holeMask `[height, width]`, 1 = hole.
 * @returns `[height, width]`, 0 to 255.
 * @throws {RangeError} If the width is out of range.
 */
export function featherWeights(
  holeMask: Uint8Array,
  { width, height, feather }: FeatherWeightsOptions,
): Uint8Array<ArrayBuffer> {
  const squared = squaredDistances(holeMask, { width, height, most: feather });
  const weights = new Uint8Array(holeMask.length);
  for (let i = 0; i < weights.length; i++) {
    const square = squared[i]!;
    // At the outermost pixel of the widest band the weight is still 1 of 255.
    if (square < FAR) weights[i] = Math.round(255 * (1 - Math.sqrt(square) / (feather + 1)));
  }
  return weights;
}

/**
 * Squared distance of each pixel to the nearest hole pixel, centre to centre; exact up to `most`, 65535 beyond.
 *
 * @param holeMask `[height, width]`, 1 = hole.
 * @param most 0 to 254.
 * @returns `[height, width]`.
 *
 * Source: Felzenszwalb and Huttenlocher 2012, "Distance transforms of sampled functions": columns, then along each
 * row the lower envelope of parabolas. Differs: columns are cut off at `most`, so that rows far from all holes
 * cost nothing.
 */
function squaredDistances(
  holeMask: Uint8Array,
  { width, height, most }: Size & { readonly most: number },
): Uint16Array {
  if (!Number.isInteger(most) || most < 0 || most > MOST_GROWTH) {
    throw new RangeError(`Cannot grow hole by ${most}: must be a whole number to ${MOST_GROWTH}`);
  }
  const columns = columnDistances(holeMask, { width, height, most });
  const squared = new Uint16Array(width * height).fill(FAR);
  const sites = new Int32Array(width);
  const starts = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const row = columns.subarray(y * width, (y + 1) * width);
    let count = 0;
    for (let x = 0; x < width; x++) {
      if (row[x]! > most) continue;
      const value = row[x]! ** 2 + x * x;
      let start = -Infinity;
      while (count > 0) {
        const site = sites[count - 1]!;
        start = (value - row[site]! ** 2 - site * site) / (2 * (x - site));
        if (start > starts[count - 1]!) break;
        count--;
      }
      starts[count] = count === 0 ? -Infinity : start;
      sites[count++] = x;
    }
    if (count === 0) continue;
    const first = Math.max(0, sites[0]! - most);
    const last = Math.min(width - 1, sites[count - 1]! + most);
    for (let x = first, k = 0; x <= last; x++) {
      while (k + 1 < count && starts[k + 1]! < x) k++;
      const site = sites[k]!;
      const square = row[site]! ** 2 + (x - site) ** 2;
      if (square <= most * most) squared[y * width + x] = square;
    }
  }
  return squared;
}

/** Distance to the nearest hole pixel of the same column; 255 beyond `most`. */
function columnDistances(
  holeMask: Uint8Array,
  { width, height, most }: Size & { readonly most: number },
): Uint8Array {
  const distances = new Uint8Array(width * height).fill(255);
  for (let i = 0; i < distances.length; i++) {
    if (holeMask[i] === 1) distances[i] = 0;
    else if (i >= width && distances[i - width]! < most) distances[i] = distances[i - width]! + 1;
  }
  for (let i = distances.length - width - 1; i >= 0; i--) {
    const below = distances[i + width]!;
    if (below < most && below + 1 < distances[i]!) distances[i] = below + 1;
  }
  return distances;
}
