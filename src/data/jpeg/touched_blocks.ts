/**
 * Which blocks of a JPEG a hole touches.
 * @module
 */
import type { JpegCoefficients, JpegComponent } from "./jpeg_coefficients.ts";
import { type UprightWalk, uprightWalk } from "./upright_walk.ts";
import { largestFactors } from "./walk_scan.ts";

/** A hole in an upright picture. */
export interface UprightHole {
  /** `[height, width]` of the upright picture, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** EXIF orientation of the file, 1 to 8. */
  readonly orientation: number;
}

/** What {@linkcode touchedBlocks} needs to know of a file. */
export interface BlockLayout extends Pick<JpegCoefficients, "width" | "height"> {
  readonly components: readonly Pick<JpegComponent, "h" | "v" | "blocksWide" | "blocksHigh">[];
}

/**
 * Finds the blocks whose area has a pixel of the hole. A block of a subsampled component covers more than 8x8 pixels.
 *
 * @returns By component `[blocksHigh, blocksWide]`, 1 = touched.
 * @throws {RangeError} If the mask does not fit the picture or the orientation is not 1 to 8.
 */
export function touchedBlocks(layout: BlockLayout, hole: UprightHole): Uint8Array[] {
  const { width, height, components } = layout;
  const { holeMask, orientation } = hole;
  if (holeMask.length !== width * height) {
    throw new RangeError(
      `Cannot patch JPEG: the mask has ${holeMask.length} pixels, must be ${width * height}`,
    );
  }
  const { largestH, largestV } = largestFactors(components);
  const touched = components.map(({ blocksWide, blocksHigh }) =>
    new Uint8Array(blocksWide * blocksHigh)
  );
  // Cells of 8x8 pixels at first: masks are much larger than lists of blocks.
  const cellsWide = Math.ceil(width / 8);
  const walk = uprightWalk(layout, orientation);
  for (let top = 0, i = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8, i++) {
      const right = Math.min(left + 8, width);
      if (!isTouched(holeMask, walk, { left, top, right, bottom: Math.min(top + 8, height) })) {
        continue;
      }
      const [cellX, cellY] = [i % cellsWide, top >> 3];
      components.forEach(({ h, v, blocksWide }, c) => {
        // A block covers `largestH / h` cells side by side.
        const x = Math.floor(cellX * h / largestH);
        const y = Math.floor(cellY * v / largestV);
        touched[c]![y * blocksWide + x] = 1;
      });
    }
  }
  return touched;
}

function isTouched(
  holeMask: Uint8Array,
  { start, alongX, alongY }: UprightWalk,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): boolean {
  for (let y = top; y < bottom; y++) {
    let i = start + left * alongX + y * alongY;
    for (let x = left; x < right; x++, i += alongX) if (holeMask[i] !== 0) return true;
  }
  return false;
}
