/**
 * How deep in a hole a pixel lies.
 * @module
 */

/**
 * Computes the distance of every pixel to the nearest known one in steps to any of 8 neighbours (chessboard
 * distance); outside the picture nothing is known.
 *
 * @param holeMask `[height, width]`, 1 = hole, 0 = known.
 * @returns `[height, width]`, 0 at known pixels, 1 at the hole's border; 65535 and more is 65535, which is also the
 * answer if no pixel is known.
 *
 * Source: Rosenfeld and Pfaltz 1968: two passes over the picture are enough for this distance.
 */
export function holeDepth(
  holeMask: Uint8Array,
  { width, height }: { width: number; height: number },
): Uint16Array {
  const depth = Uint16Array.from(holeMask, (hole) => hole === 0 ? 0 : 65535);
  const lower = (at: number, x: number, row: number) => {
    // `row` is the row that was passed before, if there is one; then the pixel passed before in this row.
    let least = depth[at]!;
    if (row >= 0 && row < height) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        least = Math.min(least, depth[row * width + column]! + 1);
      }
    }
    return least;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (depth[at] === 0) continue;
      const left = x > 0 ? depth[at - 1]! + 1 : 65535;
      depth[at] = Math.min(lower(at, x, y - 1), left);
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      if (depth[at] === 0) continue;
      const right = x < width - 1 ? depth[at + 1]! + 1 : 65535;
      depth[at] = Math.min(lower(at, x, y + 1), right);
    }
  }
  return depth;
}
