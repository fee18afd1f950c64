/**
 * How the rows of a PNG lie in its data: the passes of interlacing and the filters.
 * @module
 */

/** The pixels of one pass; a picture without interlacing has one pass of all of them. */
export interface PngPass {
  /** Pixels of the pass. */
  readonly width: number;
  readonly height: number;
  /** Place of its first pixel in the picture, and steps to the next ones. */
  readonly startX: number;
  readonly startY: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Start and step of x, then of y. */
const ADAM7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

/**
 * Lists the passes that have pixels.
 *
 * Source: PNG (ISO 15948) 8.2.
 */
export function pngPasses(
  { width, height, isInterlaced }: {
    readonly width: number;
    readonly height: number;
    readonly isInterlaced: boolean;
  },
): PngPass[] {
  return (isInterlaced ? ADAM7 : [[0, 1, 0, 1]]).map(([startX, stepX, startY, stepY]) => ({
    width: Math.max(0, Math.ceil((width - startX!) / stepX!)),
    height: Math.max(0, Math.ceil((height - startY!) / stepY!)),
    startX: startX!,
    startY: startY!,
    stepX: stepX!,
    stepY: stepY!,
  })).filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Bytes of a pass: each row stands behind one byte that names its filter. */
export function passBytes(
  { width, height }: PngPass,
  { channels, sampleBytes }: { readonly channels: number; readonly sampleBytes: number },
): number {
  return height * (1 + width * channels * sampleBytes);
}

/**
 * Undoes the filter of each row, in place.
 *
 * @param step Bytes per pixel.
 * @returns False if one filter is of no known kind.
 *
 * Source: PNG (ISO 15948) 9.2.
 */
export function unfilterRows(
  rows: Uint8Array,
  { height, step }: { readonly height: number; readonly step: number },
): boolean {
  const stride = rows.length / height;
  let up = new Uint8Array(stride - 1);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * stride + 1, (y + 1) * stride) as Uint8Array<ArrayBuffer>;
    switch (rows[y * stride]) {
      case 0:
        break;
      case 1:
        for (let i = step; i < row.length; i++) row[i]! += row[i - step]!;
        break;
      case 2:
        for (let i = 0; i < row.length; i++) row[i]! += up[i]!;
        break;
      case 3:
        for (let i = 0; i < step; i++) row[i]! += up[i]! >> 1;
        for (let i = step; i < row.length; i++) row[i]! += (row[i - step]! + up[i]!) >> 1;
        break;
      case 4:
        for (let i = 0; i < step; i++) row[i]! += up[i]!;
        for (let i = step; i < row.length; i++) {
          row[i]! += paeth(row[i - step]!, up[i]!, up[i - step]!);
        }
        break;
      default:
        return false;
    }
    up = row;
  }
  return true;
}

/** Whichever of left, above and above left comes nearest to `left + above - corner`; ties in this order. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
