/**
 * Comparing the pixels of two pictures outside of a hole.
 * @module
 */
import type { RgbaPixels } from "../exif_orientation.ts";

/** What is compared. */
export interface PixelComparisonRequest {
  readonly before: RgbaPixels;
  /** Of the same size. */
  readonly after: RgbaPixels;
  /**
   * `[height, width]`, 1 = hole.
   * @default every pixel is known
   */
  readonly holeMask?: Uint8Array;
  /** True if transparency was the hole: alpha must then be opaque inside, where otherwise it must be kept. */
  readonly alphaWasHole: boolean;
  /**
   * Where exactly it must be opaque then, 1 = there.
   * @default the whole hole
   */
  readonly opaqueMask?: Uint8Array;
}

/** What {@linkcode comparePixels} finds; see `Certificate`. */
export interface PixelComparison {
  readonly bits: 8 | 16;
  readonly knownPixels: number;
  readonly changedPixels: number;
  readonly maxDifference: number;
  readonly changedAlpha: number;
}

/**
 * Compares colour and alpha of every known pixel, colour under full transparency too, and alpha of every other one. If one
 * picture has 16 bits and the other 8, those are taken times 257, so that lost bits are found.
 *
 * @throws {RangeError} If sizes differ.
 */
export function comparePixels(request: PixelComparisonRequest): PixelComparison {
  const { before, after, holeMask, alphaWasHole, opaqueMask } = request;
  const count = before.width * before.height;
  const mask = holeMask ?? new Uint8Array(count);
  if (after.width !== before.width || after.height !== before.height || mask.length !== count) {
    throw new RangeError(
      `Cannot compare pictures: they are ${before.width}x${before.height} and ` +
        `${after.width}x${after.height} with ${mask.length} pixels of mask, must be of one size`,
    );
  }
  const isDeep = before.rgba16 !== undefined || after.rgba16 !== undefined;
  const a = isDeep ? before.rgba16 ?? before.rgba : before.rgba;
  const b = isDeep ? after.rgba16 ?? after.rgba : after.rgba;
  const scaleA = isDeep && before.rgba16 === undefined ? 257 : 1;
  const scaleB = isDeep && after.rgba16 === undefined ? 257 : 1;
  const opaque = isDeep ? 65535 : 255;
  let [knownPixels, changedPixels, largest, changedAlpha] = [0, 0, 0, 0];
  for (let pixel = 0, i = 0; pixel < count; pixel++, i += 4) {
    const isHole = mask[pixel] === 1;
    const isOpaque = alphaWasHole && (opaqueMask ?? mask)[pixel] === 1;
    const alpha = isOpaque ? opaque : a[i + 3]! * scaleA;
    if (b[i + 3]! * scaleB !== alpha) changedAlpha++;
    if (isHole) continue;
    knownPixels++;
    let difference = 0;
    for (let c = i; c < i + 3; c++) {
      difference = Math.max(difference, Math.abs(a[c]! * scaleA - b[c]! * scaleB));
    }
    if (difference > 0) changedPixels++;
    if (difference > largest) largest = difference;
  }
  const maxDifference = isDeep ? largest / 257 : largest;
  return { bits: isDeep ? 16 : 8, knownPixels, changedPixels, maxDifference, changedAlpha };
}
