/**
 * The classes of masks that results are tabled by.
 * @module
 */

/** Where a mask belongs in a table of results. */
export interface HoleBin {
  /** Hole pixels over all pixels. */
  readonly ratio: number;
  /** Index into {@linkcode HOLE_BINS}; "below" for a ratio of at most 0.01, "above" for more than 0.6. */
  readonly bin: number | "below" | "above";
  /** "N" (no border) if every hole pixel keeps its distance from the border, else "B". */
  readonly border: "N" | "B";
}

/** Size of the mask. */
export interface HoleBinOptions {
  /** Pixels per row. */
  width: number;
  /** Number of rows. */
  height: number;
}

/** Ranges of the hole ratio: the lower end is excluded, the upper end included. */
export const HOLE_BINS: readonly (readonly [low: number, high: number])[] = [
  [0.01, 0.1],
  [0.1, 0.2],
  [0.2, 0.3],
  [0.3, 0.4],
  [0.4, 0.5],
  [0.5, 0.6],
];

/** Pixels that "N" demands between hole and border, in an image whose smaller side is 512. */
const BORDER_PX = 50;

/**
 * Classifies a mask by hole ratio and by distance from the border.
 *
 * A hole pixel with `d` other pixels between it and the nearest side has distance `d`; "N" demands
 * `d >= 50 · min(width, height) / 512`.
 *
 * @param holeMask `[h·w]`, 1 = hole, at the size that is evaluated.
 * @throws {RangeError} If the mask is empty or not of the size given.
 *
 * Source: Liu et al. 2018, section 4.1 (6 ratios, with and without the constraint of 50 pixels at 512x512).
 * Differs: the constraint scales with the image; LaMa has ten bins over `[0, 1]`.
 */
export function holeBin(holeMask: Uint8Array, options: HoleBinOptions): HoleBin {
  const { width, height } = options;
  if (holeMask.length !== width * height || holeMask.length === 0) {
    throw new RangeError(
      `Cannot classify mask: it has ${holeMask.length} pixels, must have ${width}x${height}`,
    );
  }
  let holes = 0;
  let distance = Infinity;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (holeMask[y * width + x] === 0) continue;
      holes++;
      distance = Math.min(distance, x, y, width - 1 - x, height - 1 - y);
    }
  }
  return {
    ratio: holes / holeMask.length,
    bin: binOf(holes, holeMask.length),
    border: distance * 512 >= BORDER_PX * Math.min(width, height) ? "N" : "B",
  };
}

/** A bin as tables write it: "(0.01, 0.1]"; "[0, 0.01]" and "(0.6, 1]" for what the paper leaves out. */
export function holeBinName(bin: HoleBin["bin"]): string {
  if (bin === "below") return "[0, 0.01]";
  const [low, high] = bin === "above" ? [0.6, 1] : HOLE_BINS[bin]!;
  return `(${low}, ${high}]`;
}

/** Fewest known pixels along every border of a mask of class "N": 50 where the smaller side is 512. */
export function borderMargin({ width, height }: HoleBinOptions): number {
  return Math.ceil(BORDER_PX * Math.min(width, height) / 512);
}

/** Compares integers, so that a ratio of exactly 0.3 does not depend on rounding. */
function binOf(holes: number, pixels: number): number | "below" | "above" {
  if (holes * 100 <= pixels) return "below";
  const bin = Math.ceil(holes * 10 / pixels) - 1;
  return bin < HOLE_BINS.length ? bin : "above";
}
