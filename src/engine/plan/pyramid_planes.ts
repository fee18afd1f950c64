/**
 * The untrained fill over plain arrays, at the cost of the hole.
 * @module
 */
import { ArrayPool } from "./array_pool.ts";

/** A picture with holes as planes of numbers. */
export interface HoledPlanes {
  readonly height: number;
  readonly width: number;
  /** `[height, width, 3]`; values in the hole do not matter. */
  readonly rgb: Float32Array;
  /** `[height, width]`, 1 = known. */
  readonly validMask: Uint8Array;
}

/**
 * Computes `pyramidFill` of `src/ops` for one picture, up to rounding: on the way up the finer level costs
 * by its hole, the coarser one, which is smoothed first, as a whole.
 *
 * @param pool Owns the result.
 * @returns The filled picture at every level, finest first, `[h, w, 3]` each, down to 1x1.
 *
 * Source: `src/ops/pyramid_fill.ts`, which tells what it is.
 */
export function pyramidPlanes(
  picture: HoledPlanes,
  pool: ArrayPool = new ArrayPool(),
): Float32Array[] {
  const { height, width, validMask } = picture;
  const rgb = pool.take("floats", height * width * 3);
  rgb.set(picture.rgb);
  for (let i = 0; i < validMask.length; i++) {
    if (validMask[i] === 0) rgb[i * 3] = rgb[i * 3 + 1] = rgb[i * 3 + 2] = 0;
  }
  const levels: HoledPlanes[] = [{ height, width, rgb, validMask }];
  for (let finest = levels[0]!; finest.height > 1 || finest.width > 1;) {
    finest = shrink(finest, pool);
    levels.push(finest);
  }
  for (let level = levels.length - 2; level >= 0; level--) {
    grow(levels[level + 1]!, levels[level]!, pool);
  }
  return levels.map(({ rgb }) => rgb);
}

/**
 * One level down: mask-normalised means of the 4x4 kernel (1 3 3 1)², at stride 2, one row and column of padding at the
 * top and left. Holes hold zeros.
 */
function shrink({ height, width, rgb, validMask }: HoledPlanes, pool: ArrayPool): HoledPlanes {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  // Rows come in with a margin of zeros, colour and weight side by side.
  const line = pool.take("floats", (width + 4) * 4);
  const sums = pool.take("floats", (height + 4) * columns * 4);
  const pitch = columns * 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = y * width, to = 4; x < width; x++, from++, to += 4) {
      line[to] = rgb[from * 3]!;
      line[to + 1] = rgb[from * 3 + 1]!;
      line[to + 2] = rgb[from * 3 + 2]!;
      line[to + 3] = validMask[from]!;
    }
    for (let x = 0, to = (y + 1) * pitch; x < columns; x++) {
      for (let from = x * 8; from < x * 8 + 4; from++, to++) {
        sums[to] = line[from]! + 3 * (line[from + 4]! + line[from + 8]!) + line[from + 12]!;
      }
    }
  }
  const result = pool.take("floats", rows * columns * 3);
  const mask = pool.take("bytes", rows * columns);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0, a = 2 * y * pitch; x < columns; x++, to++, a += 4) {
      const [b, c, d] = [a + pitch, a + 2 * pitch, a + 3 * pitch];
      const weight = sums[a + 3]! + 3 * (sums[b + 3]! + sums[c + 3]!) + sums[d + 3]!;
      if (weight === 0) continue;
      mask[to] = 1;
      for (let i = 0; i < 3; i++) {
        result[to * 3 + i] = (sums[a + i]! + 3 * (sums[b + i]! + sums[c + i]!) + sums[d + i]!) /
          weight;
      }
    }
  }
  return { height: rows, width: columns, rgb: result, validMask: mask };
}

/** One level up, in place: doubles the smoothed coarser level into the hole and relaxes it once. */
function grow(
  coarser: HoledPlanes,
  { height, width, rgb, validMask }: HoledPlanes,
  pool: ArrayPool,
): void {
  const holes = holesOf(validMask);
  if (holes.length === 0) return;
  const smooth = meanOfNine(coarser, pool);
  const pitch = coarser.width * 3;
  for (let hole = 0; hole < holes.length; hole++) {
    const i = holes[hole]!;
    const y = Math.floor(i / width);
    const x = i - y * width;
    // Half-pixel centres: an even position lies a quarter before its small one, an odd one a quarter after.
    const top = Math.max(0, (y - 1) >> 1) * pitch;
    const bottom = Math.min(coarser.height - 1, (y + 1) >> 1) * pitch;
    const left = Math.max(0, (x - 1) >> 1) * 3;
    const right = Math.min(coarser.width - 1, (x + 1) >> 1) * 3;
    const down = (y & 1) === 0 ? 0.75 : 0.25;
    const across = (x & 1) === 0 ? 0.75 : 0.25;
    for (let c = 0; c < 3; c++) {
      const [a, b] = [smooth[top + left + c]!, smooth[bottom + left + c]!];
      const above = a + (smooth[top + right + c]! - a) * across;
      const below = b + (smooth[bottom + right + c]! - b) * across;
      rgb[i * 3 + c] = above + (below - above) * down;
    }
  }
  const relaxed = pool.take("floats", holes.length * 3);
  for (let hole = 0; hole < holes.length; hole++) {
    const i = holes[hole]!;
    const y = Math.floor(i / width);
    const x = i - y * width;
    const [top, bottom] = [Math.max(0, y - 1), Math.min(height - 1, y + 1)];
    const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
    let [red, green, blue] = [0, 0, 0];
    for (let row = top; row <= bottom; row++) {
      const last = (row * width + right) * 3;
      for (let at = (row * width + left) * 3; at <= last; at += 3) {
        red += rgb[at]!;
        green += rgb[at + 1]!;
        blue += rgb[at + 2]!;
      }
    }
    const count = (bottom - top + 1) * (right - left + 1);
    relaxed[hole * 3] = red / count;
    relaxed[hole * 3 + 1] = green / count;
    relaxed[hole * 3 + 2] = blue / count;
  }
  for (let hole = 0; hole < holes.length; hole++) {
    const to = holes[hole]! * 3;
    for (let c = 0; c < 3; c++) rgb[to + c] = relaxed[hole * 3 + c]!;
  }
}

/** Positions of the hole's pixels. */
function holesOf(validMask: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < validMask.length; i++) count += 1 - validMask[i]!;
  const holes = new Int32Array(count);
  for (let i = 0, to = 0; to < count; i++) if (validMask[i] === 0) holes[to++] = i;
  return holes;
}

/** Means of 3x3 windows; what lies outside is left out. */
function meanOfNine({ height, width, rgb }: HoledPlanes, pool: ArrayPool): Float32Array {
  const pitch = width * 3;
  const lines = pool.take("floats", rgb.length);
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * pitch, (y + 1) * pitch];
    for (let i = start; i < end; i++) {
      let sum = rgb[i]!;
      if (i >= start + 3) sum += rgb[i - 3]!;
      if (i + 3 < end) sum += rgb[i + 3]!;
      lines[i] = sum;
    }
  }
  const result = pool.take("floats", rgb.length);
  for (let y = 0; y < height; y++) {
    const rows = 1 + (y > 0 ? 1 : 0) + (y < height - 1 ? 1 : 0);
    for (let x = 0, at = y * pitch; x < width; x++) {
      const columns = 1 + (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0);
      const share = 1 / (rows * columns);
      for (let c = 0; c < 3; c++, at++) {
        let sum = lines[at]!;
        if (y > 0) sum += lines[at - pitch]!;
        if (y < height - 1) sum += lines[at + pitch]!;
        result[at] = sum * share;
      }
    }
  }
  return result;
}
