/**
 * How many known pixels each window of a convolution sees.
 * @module
 */
import type { ArrayPool } from "./array_pool.ts";

/** A mask of known pixels; `values` undefined means that all of them are. */
export interface KnownMask {
  readonly height: number;
  readonly width: number;
  /** `[height, width]`, 1 = known. */
  readonly values: Uint8Array | undefined;
}

/** A window that moves over a mask. */
export interface CountWindow {
  /** Side of the square kernel in pixels, odd; `(kernel - 1) / 2` of it lie outside at the border. */
  readonly kernel: number;
  readonly stride: 1 | 2;
  /** 2 doubles the mask by nearest neighbour first. */
  readonly upsample: 1 | 2;
}

/** Options of {@linkcode addWindowCounts}. */
export interface WindowCountsOptions extends CountWindow {
  /** What a known pixel counts. */
  readonly channels: number;
  readonly pool: ArrayPool;
  /**
   * `[h', w']`, 1 where the sum is asked for; elsewhere it is left alone.
   * @default Everywhere
   */
  readonly where?: Uint8Array | undefined;
}

/**
 * Adds to each window's sum the known pixels that it sees, times their channels; the outside counts as unknown.
 *
 * @param sums `[h', w']` whole numbers with `h' = ceil(upsample · height / stride)`.
 *
 * Source: Liu et al. 2018, equation 1, `sum(M)` for a group of channels with one mask.
 */
export function addWindowCounts(
  sums: Int32Array,
  mask: KnownMask,
  options: WindowCountsOptions,
): void {
  const rows = axisWindows(mask.height, options);
  const columns = axisWindows(mask.width, options);
  const { channels, pool, where } = options;
  const axes = { rows, columns, channels, where };
  if (mask.values === undefined) addAll(sums, axes);
  else addKnown(sums, mask.values, { ...axes, pool, width: mask.width });
}

/** First position that each window of one axis sees, and the one after its last; inside of the doubled length. */
interface AxisWindows {
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** Length of the doubled axis. */
  readonly whole: number;
  /** Doubled positions are small ones shifted by this. */
  readonly shift: 0 | 1;
}

function axisWindows(length: number, { kernel, stride, upsample }: CountWindow): AxisWindows {
  const whole = length * upsample;
  const pad = (kernel - 1) / 2;
  const count = Math.ceil(whole / stride);
  const centre = (i: number) => i * stride;
  return {
    first: Int32Array.from({ length: count }, (_, i) => Math.max(0, centre(i) - pad)),
    end: Int32Array.from({ length: count }, (_, i) => Math.min(whole, centre(i) + pad + 1)),
    whole,
    shift: upsample === 2 ? 1 : 0,
  };
}

interface Axes {
  readonly rows: AxisWindows;
  readonly columns: AxisWindows;
  readonly channels: number;
  readonly where: Uint8Array | undefined;
}

function addAll(sums: Int32Array, { rows, columns, channels, where }: Axes): void {
  const [height, width] = [rows.first.length, columns.first.length];
  const across = columns.end.map((end, x) => end - columns.first[x]!);
  for (let y = 0, to = 0; y < height; y++) {
    const down = channels * (rows.end[y]! - rows.first[y]!);
    for (let x = 0; x < width; x++, to++) {
      if (where === undefined || where[to] === 1) sums[to]! += down * across[x]!;
    }
  }
}

/** Differences of running sums, first along rows, then down the columns. */
function addKnown(
  sums: Int32Array,
  values: Uint8Array,
  { rows, columns, channels, where, pool, width }: Axes & { pool: ArrayPool; width: number },
): void {
  const [high, wide] = [rows.first.length, columns.first.length];
  const { first, end, shift } = columns;
  const running = pool.take("ints", columns.whole + 1);
  const lines = pool.take("ints", (rows.whole + 1) * wide);
  for (let y = 0; y < rows.whole; y++) {
    const from = (y >> rows.shift) * width;
    for (let x = 0; x < columns.whole; x++) {
      running[x + 1] = running[x]! + values[from + (x >> shift)]!;
    }
    const above = y * wide;
    for (let x = 0, to = above + wide; x < wide; x++, to++) {
      lines[to] = lines[above + x]! + running[end[x]!]! - running[first[x]!]!;
    }
  }
  for (let y = 0, to = 0; y < high; y++) {
    const [top, bottom] = [rows.first[y]! * wide, rows.end[y]! * wide];
    for (let x = 0; x < wide; x++, to++) {
      if (where !== undefined && where[to] === 0) continue;
      sums[to]! += channels * (lines[bottom + x]! - lines[top + x]!);
    }
  }
}
