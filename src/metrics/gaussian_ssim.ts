/**
 * Structural similarity whose windows reach over the rim.
 * @module
 */
import { checkSizes } from "./mean_over_values.ts";
import { SSIM_RADIUS as RADIUS, ssimMap } from "./ssim_map.ts";

/** Options of {@linkcode gaussianSsim}. */
export interface GaussianSsimOptions {
  /** Pixels per row. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /** What lies outside the image: zeros, or its mirror image without a second copy of the edge. */
  readonly padding: "zero" | "reflect";
  /** Levels between the darkest and the brightest value, `L` of the constants. @default 255 */
  readonly range?: number;
}

/** Two means of one map of similarities. */
export interface GaussianSsim {
  /** Over the windows round every pixel. */
  readonly whole: number;
  /** Over those that lie within the image; NaN if a side is below 11 pixels. */
  readonly inner: number;
}

/**
 * Computes the mean structural similarity of two images over a window round every pixel and the three channels.
 *
 * Per window and channel as `ssim()` of `ssim.ts`: Gaussian weights (11 taps, σ 1.5), population
 * variances, `C1 = (0.01·range)²`, `C2 = (0.03·range)²`; pixels outside the image by `padding`.
 *
 * @param actual rgb255, `[h·w·3]` interleaved.
 * @param expected rgb255 of the same size.
 * @returns At most 1, which means equal; NaN where `range` is 0 and a window is flat and black.
 * @throws {RangeError} If the sizes do not agree, or a side is below 6 pixels and the padding mirrors.
 *
 * Source: advimman/lama saicinpainting/evaluation/losses/ssim.py ("zero"); Lightning-AI/torchmetrics
 * src/torchmetrics/functional/image/ssim.py ("reflect").
 * Differs: both compute in float32, this in float64.
 */
export function gaussianSsim(
  actual: Uint8Array,
  expected: Uint8Array,
  options: GaussianSsimOptions,
): GaussianSsim {
  const { width, height, padding } = options;
  checkSizes(actual, expected, undefined);
  if (width * height * 3 !== actual.length) {
    throw new RangeError(
      `Cannot compute SSIM: image has ${actual.length / 3} pixels, must have ${width}x${height}`,
    );
  }
  if (padding === "reflect" && Math.min(width, height) <= RADIUS) {
    throw new RangeError(
      `Cannot mirror the rim for SSIM: image is ${width}x${height}, ` +
        `must be at least ${RADIUS + 1}x${RADIUS + 1}`,
    );
  }
  let [sum, innerSum, innerCount] = [0, 0, 0];
  for (let channel = 0; channel < 3; channel++) {
    const a = paddedPlane(actual, channel, options);
    const b = paddedPlane(expected, channel, options);
    const map = ssimMap(a, b, { width: width + 2 * RADIUS, range: options.range ?? 255 });
    for (let i = 0; i < map.length; i++) {
      const x = i % width;
      const y = (i - x) / width;
      sum += map[i]!;
      if (x < RADIUS || y < RADIUS || x >= width - RADIUS || y >= height - RADIUS) continue;
      innerSum += map[i]!;
      innerCount++;
    }
  }
  return { whole: sum / actual.length, inner: innerSum / innerCount };
}

/** One channel with 5 more pixels along every side, `[(h + 10)·(w + 10)]`. */
function paddedPlane(
  rgb255: Uint8Array,
  channel: number,
  { width, height, padding }: GaussianSsimOptions,
): Float64Array {
  const outWidth = width + 2 * RADIUS;
  const out = new Float64Array(outWidth * (height + 2 * RADIUS));
  const reach = padding === "reflect" ? RADIUS : 0;
  for (let y = -reach; y < height + reach; y++) {
    const row = mirrored(y, height) * width;
    for (let x = -reach; x < width + reach; x++) {
      out[(y + RADIUS) * outWidth + x + RADIUS] = rgb255[3 * (row + mirrored(x, width)) + channel]!;
    }
  }
  return out;
}

/** Index within `[0, size)` that a mirror at the first and the last pixel shows. */
function mirrored(index: number, size: number): number {
  return index < 0 ? -index : index < size ? index : 2 * size - 2 - index;
}
