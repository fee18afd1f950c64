/**
 * Which pixels a fused convolution computes, as a list.
 * @module
 */

/** What {@linkcode listPixels} returns. */
export interface PixelLists {
  /**
   * Positions on the grid of a phase, `(n·gridHeight + t)·gridWidth + u`, phase after phase; then zeros that nobody reads:
   * tfjs keeps a buffer for each length that ever was, so lengths are few.
   */
  readonly pixels: Int32Array;
  /** Where each phase begins; four numbers. */
  readonly firsts: readonly [number, number, number, number];
  /** Pixels of each phase; four numbers. */
  readonly counts: readonly [number, number, number, number];
}

/** Shorter lists are filled up to it. */
const LEAST_LENGTH = 256;

/**
 * Lists the needed pixels of a batch, row by row. With two steps, pixels of even and odd rows and columns are listed
 * apart: they have different kernels.
 *
 * @param needed `[height, width]` for each image, 1 = needed.
 * @param size Of the output; even with `outStep` 2.
 */
export function listPixels(
  needed: readonly Uint8Array[],
  { height, width, outStep }: {
    readonly height: number;
    readonly width: number;
    readonly outStep: 1 | 2;
  },
): PixelLists {
  let total = 0;
  for (const plane of needed) for (let i = 0; i < plane.length; i++) total += plane[i]!;
  const pixels = new Int32Array(Math.max(LEAST_LENGTH, 2 ** Math.ceil(Math.log2(total))));
  const [rows, columns] = [height / outStep, width / outStep];
  const firsts: [number, number, number, number] = [0, 0, 0, 0];
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  let end = 0;
  for (let phase = 0; phase < outStep * outStep; phase++) {
    const [phaseRow, phaseColumn] = [phase >> 1, phase & 1];
    firsts[phase] = end;
    needed.forEach((plane, n) => {
      for (let t = 0; t < rows; t++) {
        const line = (t * outStep + phaseRow) * width + phaseColumn;
        const position = (n * rows + t) * columns;
        for (let u = 0; u < columns; u++) {
          if (plane[line + u * outStep] !== 0) pixels[end++] = position + u;
        }
      }
    });
    counts[phase] = end - firsts[phase]!;
  }
  return { pixels, firsts, counts };
}
