/**
 * From the pixels whose output is needed to the pixels that they read.
 * @module
 */
import type { ArrayPool } from "./array_pool.ts";

/** A set of pixels. */
export interface PixelSet {
  readonly height: number;
  readonly width: number;
  /** `[height, width]`, 1 = in the set. */
  readonly values: Uint8Array;
}

/** All pixels that 3x3 windows around the set's pixels see. */
export function reachAround({ height, width, values }: PixelSet, pool: ArrayPool): PixelSet {
  const across = pool.take("bytes", values.length);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    const x = i % width;
    across[i] = 1;
    if (x > 0) across[i - 1] = 1;
    if (x < width - 1) across[i + 1] = 1;
  }
  const result = pool.take("bytes", values.length);
  result.set(across);
  for (let i = 0; i < across.length; i++) {
    if (across[i] === 0) continue;
    if (i >= width) result[i - width] = 1;
    if (i + width < across.length) result[i + width] = 1;
  }
  return { height, width, values: result };
}

/**
 * The pixels of the small image that 3x3 windows over its nearest doubling see; also those that its bilinear doubling
 * reads.
 *
 * @param set On the doubled image.
 */
export function reachBelow({ height, width, values }: PixelSet, pool: ArrayPool): PixelSet {
  const [rows, columns] = [height / 2, width / 2];
  const result = pool.take("bytes", rows * columns);
  for (let y = 0, i = 0; y < height; y++) {
    // Row y reads doubled rows y-1 to y+1, which lie on two small ones.
    const [top, bottom] = [Math.max(0, (y - 1) >> 1), Math.min(rows - 1, (y + 1) >> 1)];
    for (let x = 0; x < width; x++, i++) {
      if (values[i] === 0) continue;
      const [left, right] = [Math.max(0, (x - 1) >> 1), Math.min(columns - 1, (x + 1) >> 1)];
      result[top * columns + left] = 1;
      result[top * columns + right] = 1;
      result[bottom * columns + left] = 1;
      result[bottom * columns + right] = 1;
    }
  }
  return { height: rows, width: columns, values: result };
}

/**
 * The pixels of the large image that windows of stride 2 see.
 *
 * @param set On the output, half as high and wide.
 * @param kernel Side of the window in pixels, odd.
 */
export function reachAbove(
  { height, width, values }: PixelSet,
  { kernel, pool }: { kernel: number; pool: ArrayPool },
): PixelSet {
  const [rows, columns] = [2 * height, 2 * width];
  const pad = (kernel - 1) / 2;
  const result = pool.take("bytes", rows * columns);
  const line = pool.take("bytes", columns);
  for (let y = 0; y < height; y++) {
    line.fill(0);
    let isEmpty = true;
    for (let x = 0; x < width; x++) {
      if (values[y * width + x] === 0) continue;
      isEmpty = false;
      line.fill(1, Math.max(0, 2 * x - pad), Math.min(columns, 2 * x + pad + 1));
    }
    if (isEmpty) continue;
    for (let row = Math.max(0, 2 * y - pad); row <= Math.min(rows - 1, 2 * y + pad); row++) {
      const to = row * columns;
      for (let x = 0; x < columns; x++) result[to + x]! |= line[x]!;
    }
  }
  return { height: rows, width: columns, values: result };
}

/** The pixels in either of two sets of the same size. */
export function union(a: PixelSet, b: PixelSet, pool: ArrayPool): PixelSet {
  const values = pool.take("bytes", a.values.length);
  values.set(a.values);
  for (let i = 0; i < values.length; i++) values[i]! |= b.values[i]!;
  return { ...a, values };
}
