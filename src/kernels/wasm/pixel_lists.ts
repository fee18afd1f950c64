/**
 * Goes through the pixels of a batch in stretches that fit the caches.
 * @module
 */
import { ENTRY_BYTES, TILE_PIXELS } from "../simd/dense_conv_kernel.ts";
import type { Take, Workspace } from "./workspace.ts";

/** An address for every pixel; steps in bytes. */
export interface Grid {
  readonly address: number;
  readonly imageStep: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** A walk over `n x rows x columns` pixels. */
export interface Walk {
  readonly n: number;
  readonly rows: number;
  readonly columns: number;
  /** First number of each window. */
  readonly input: Grid;
  readonly output: Grid;
  /** Factors of the sums; @default {undefined} All 1 */
  readonly factor?: Grid | undefined;
  /** Factors of the bias; @default {undefined} All 1 */
  readonly biasFactor?: Grid | undefined;
}

/** A stretch of the list. */
export interface Stretch {
  /** Address of the first entry and of the end. */
  readonly begin: number;
  readonly end: number;
}

/** Some pixels of one row. */
export interface Piece {
  readonly image: number;
  readonly row: number;
  /** The first of them. */
  readonly column: number;
  readonly pixels: number;
  /** Index of the first in its stretch. */
  readonly index: number;
}

/** Pixels after which a stretch ends; 192 was measured to be as fast. */
const STRETCH_PIXELS = 384;

/** Most pixels that a stretch can have: a row is taken in pieces of at most as many, and a last tile filled up. */
export const STRETCH_CAPACITY = 2 * STRETCH_PIXELS + TILE_PIXELS;

/**
 * Calls `visit` for stretches of pixels, in order.
 *
 * @param options.dummy Where the pixels that fill up a last tile write to. Without it stretches are not filled up.
 * @param options.onPiece Is told of every piece of a row before the stretch that holds it is visited.
 */
export function forEachStretch(
  { kernels, numbers }: Workspace,
  take: Take,
  { n, rows, columns, input, output, factor, biasFactor }: Walk,
  { dummy, onPiece, visit }: {
    readonly dummy?: number;
    readonly onPiece?: (piece: Piece) => void;
    readonly visit: (stretch: Stretch) => void;
  },
): void {
  const begin = take(STRETCH_CAPACITY * ENTRY_BYTES);
  const one = take(4);
  numbers()[one >>> 2] = 1;
  let count = 0;
  const flush = () => {
    if (count === 0) return;
    if (dummy !== undefined && count % TILE_PIXELS !== 0) {
      const missing = TILE_PIXELS - count % TILE_PIXELS;
      const entry = begin + count * ENTRY_BYTES;
      kernels.list(entry, missing, input.address, 0, dummy, 0, one, 0, one, 0);
      count += missing;
    }
    visit({ begin, end: begin + count * ENTRY_BYTES });
    count = 0;
  };
  for (let image = 0; image < n; image++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column += STRETCH_PIXELS) {
        const pixels = Math.min(STRETCH_PIXELS, columns - column);
        const at = (grid: Grid) => addressAt(grid, image, row, column);
        onPiece?.({ image, row, column, pixels, index: count });
        kernels.list(
          begin + count * ENTRY_BYTES,
          pixels,
          at(input),
          input.columnStep,
          at(output),
          output.columnStep,
          factor === undefined ? one : at(factor),
          factor?.columnStep ?? 0,
          biasFactor === undefined ? one : at(biasFactor),
          biasFactor?.columnStep ?? 0,
        );
        count += pixels;
        if (count >= STRETCH_PIXELS) flush();
      }
    }
  }
  flush();
}

/** Where a pixel's numbers begin. */
export function addressAt(grid: Grid, image: number, row: number, column: number): number {
  return grid.address + image * grid.imageStep + row * grid.rowStep + column * grid.columnStep;
}
