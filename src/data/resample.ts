/**
 * Resizing with the kernels that super-resolution is measured with.
 * @module
 */

/** Kernels: Keys' cubic with a = -0.5, a triangle, Lanczos of 3 lobes, or the nearest pixel. */
export type ResampleKernel = "nearest" | "bilinear" | "bicubic" | "lanczos";

/** A picture of any number of channels. */
export interface ResampleSource {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, channels]`, row-major. */
  readonly data: Uint8Array | Uint8ClampedArray | Float32Array;
  /** Values per pixel. @default 3 */
  readonly channels?: number;
}

/** Options of {@linkcode resample}. */
export interface ResampleOptions {
  /** Of the result, in pixels, from 1. */
  readonly width: number;
  /** Of the result, in pixels, from 1. */
  readonly height: number;
  /** How neighbours are weighed. @default "bicubic" */
  readonly kernel?: ResampleKernel;
}

const KERNELS: Readonly<Record<ResampleKernel, { reach: number; weight(x: number): number }>> = {
  nearest: { reach: 0.5, weight: () => 1 },
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    reach: 2,
    weight: (x) => {
      const t = Math.abs(x);
      if (t <= 1) return (1.5 * t - 2.5) * t * t + 1;
      return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    },
  },
  lanczos: {
    reach: 3,
    weight: (x) => {
      if (x === 0) return 1;
      const t = Math.PI * x;
      return Math.abs(x) < 3 ? 3 * Math.sin(t) * Math.sin(t / 3) / (t * t) : 0;
    },
  },
};

/**
 * Resizes a picture, columns first and then rows, in float64 sums.
 *
 * Output pixel `i` lies at `(i + 0.5) · from / to - 0.5` of the source. When a side shrinks the kernel is widened by
 * the factor, which averages what falls together (antialiasing); "nearest" is never widened. Weights are divided by
 * their sum; beyond the edge the picture is mirrored, its edge pixel included.
 *
 * @returns Row-major `[height, width, channels]`, neither rounded nor clipped.
 * @throws {RangeError} If a size is not a whole number of 1 or more, or does not fit the data.
 *
 * Source: MATLAB's `imresize` ("bicubic" is its default, and what the literature of super-resolution makes its small
 * pictures with); Keys 1981. Differs from Pillow: mirrored edges, where Pillow leaves out what lies beyond.
 */
export function resample(
  source: ResampleSource,
  { width, height, kernel = "bicubic" }: ResampleOptions,
): Float32Array<ArrayBuffer> {
  const { channels = 3, data } = source;
  const sizes = [source.width, source.height, width, height];
  if (
    !sizes.every((size) => Number.isInteger(size) && size >= 1) ||
    data.length !== source.width * source.height * channels
  ) {
    throw new RangeError(
      `Cannot resize ${data.length} values from ${source.width}x${source.height}x${channels} to ` +
        `${width}x${height}`,
    );
  }
  const columns = makeTaps(source.width, width, kernel);
  const rows = makeTaps(source.height, height, kernel);
  const line = width * channels;
  const narrow = new Float32Array(source.height * line);
  for (let y = 0, to = 0; y < source.height; y++) {
    const from = y * source.width;
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++, to++) {
        let sum = 0;
        for (let k = x * columns.count, end = k + columns.count; k < end; k++) {
          sum += columns.weight[k]! * data[(from + columns.index[k]!) * channels + c]!;
        }
        narrow[to] = sum;
      }
    }
  }
  const out = new Float32Array(height * line);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < line; x++) {
      let sum = 0;
      for (let k = y * rows.count, end = k + rows.count; k < end; k++) {
        sum += rows.weight[k]! * narrow[rows.index[k]! * line + x]!;
      }
      out[y * line + x] = sum;
    }
  }
  return out;
}

/** Rounds to the nearest byte, 0 to 255; halves go up. */
export function roundToBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length);
  // A loop: `Uint8Array.from` with a function takes fifty times as long.
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.min(255, Math.max(0, Math.floor(values[i]! + 0.5)));
  }
  return bytes;
}

/** Weights of one axis: output `o` is the sum of `count` inputs `index[o·count + k]`. */
interface Taps {
  readonly count: number;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

function makeTaps(from: number, to: number, name: ResampleKernel): Taps {
  const { reach, weight: kernel } = KERNELS[name];
  const scale = from / to;
  if (name === "nearest") {
    const index = Int32Array.from(
      { length: to },
      (_, o) => Math.floor((2 * o + 1) * from / (2 * to)),
    );
    return { count: 1, index, weight: new Float64Array(to).fill(1) };
  }
  const widening = Math.max(1, scale);
  const count = Math.ceil(2 * reach * widening) + 1;
  const index = new Int32Array(to * count);
  const weight = new Float64Array(to * count);
  for (let o = 0; o < to; o++) {
    const centre = (o + 0.5) * scale - 0.5;
    const first = Math.ceil(centre - reach * widening);
    let total = 0;
    for (let k = 0; k < count; k++) {
      const at = o * count + k;
      index[at] = mirrored(first + k, from);
      total += weight[at] = kernel((first + k - centre) / widening);
    }
    for (let k = 0; k < count; k++) weight[o * count + k]! /= total;
  }
  return { count, index, weight };
}

/** ... 1 0 | 0 1 2 ... n-1 | n-1 n-2 ... */
function mirrored(index: number, size: number): number {
  const period = 2 * size;
  const at = ((index % period) + period) % period;
  return at < size ? at : period - 1 - at;
}
