/**
 * Copies of images with zeros around, so that windows need no tests for borders.
 * @module
 */
import type { Take, Workspace } from "./workspace.ts";

/** A batch of images in memory, `[n, height, width, channels]`, densely packed. */
export interface Images {
  /** In bytes. */
  readonly address: number;
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Where images lie on their canvas. */
export interface Placement {
  /** Row and column of an image's first pixel; negative ones are cut off. */
  readonly top: number;
  readonly left: number;
  /** Size of the canvas in pixels. */
  readonly height: number;
  readonly width: number;
  /** Address of a factor for every pixel of the images, `[n, height, width]`; @default {undefined} All 1 */
  readonly factors?: number | undefined;
}

/**
 * Puts every image of a batch on a canvas of zeros, cut off where it does not fit.
 *
 * @returns The source itself where nothing is to be done; else scratch memory.
 */
export function placeOnCanvas(
  workspace: Workspace,
  take: Take,
  source: Images,
  { top, left, height, width, factors }: Placement,
): Images {
  const { n, channels } = source;
  const isSame = top === 0 && left === 0 && height === source.height && width === source.width;
  if (isSame && factors === undefined) return source;
  const pixel = 4 * channels;
  const address = take(n * height * width * pixel);
  const one = take(4);
  const bytes = workspace.bytes();
  workspace.numbers()[one >>> 2] = 1;
  const [firstRow, firstColumn] = [Math.max(0, -top), Math.max(0, -left)];
  const rows = Math.max(0, Math.min(source.height, height - top) - firstRow);
  const columns = Math.max(0, Math.min(source.width, width - left) - firstColumn);
  // The end of one row and the beginning of the next lie side by side: zeros are written once, in one piece.
  let filled = address;
  for (let image = 0; image < n && columns > 0; image++) {
    for (let row = 0; row < rows; row++) {
      const from = (image * source.height + firstRow + row) * source.width + firstColumn;
      const to = (image * height + firstRow + row + top) * width + firstColumn + left;
      const target = address + to * pixel;
      if (target > filled) bytes.fill(0, filled, target);
      const begin = source.address + from * pixel;
      if (factors === undefined) {
        workspace.kernels.scale(begin, target, 1, columns * pixel, one, 0);
      } else {
        workspace.kernels.scale(begin, target, columns, pixel, factors + 4 * from, 4);
      }
      filled = target + columns * pixel;
    }
  }
  bytes.fill(0, filled, address + n * height * width * pixel);
  return { address, n, height, width, channels };
}
