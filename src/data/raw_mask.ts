/**
 * A mask as its file gives it, in two values: not yet widened, turned or cropped.
 * @module
 */
import type { RgbaPixels } from "./exif_orientation.ts";
import type { MaskPolarity } from "./mask_polarity.ts";
import { readImageFile } from "./read_image_file.ts";

/** A mask in one bit per pixel, so that thousands of them fit into memory. */
export interface RawMask {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Pixel `i`, row-major, is bit `i % 8` of byte `i >> 3`; 1 = hole. */
  readonly bits: Uint8Array;
  /** Pixels that are hole. */
  readonly holes: number;
}

/** Share of the known colour above which a pixel is known. */
const KNOWN_ABOVE = 0.6;

/**
 * Binarises the picture of a training mask at 0.6: a pixel is known where it is more than 0.6 of the known colour,
 * so that soft edges go to the hole.
 *
 * Where white is known, that is luma above 0.6; where white is the hole, the mirrored rule: luma below 0.4. What is
 * transparent counts as the known colour, for nobody painted a hole there.
 *
 * @param polarity The colour that is the hole.
 *
 * Source: the authors' FAQ, "we use threshold 0.6 to binarize the masks"; their raw masks are white where the image
 * is known. ITU-R BT.601 for luma.
 * Differs: `readHoleMask`, which reads finished masks, rounds at 128 of 255.
 */
export function binariseMask(
  { width, height, rgba }: RgbaPixels,
  polarity: MaskPolarity,
): RawMask {
  const count = width * height;
  const bits = new Uint8Array(Math.ceil(count / 8));
  // Thousandths times alpha: the comparison is exact in whole numbers.
  const least = KNOWN_ABOVE * 255_000 * 255;
  let holes = 0;
  for (let pixel = 0, i = 0; pixel < count; pixel++, i += 4) {
    const luma = 299 * rgba[i]! + 587 * rgba[i + 1]! + 114 * rgba[i + 2]!;
    const alpha = rgba[i + 3]!;
    const known = polarity === "black" ? luma : 255_000 - luma;
    if (known * alpha + 255_000 * (255 - alpha) > least) continue;
    bits[pixel >> 3]! |= 1 << (pixel & 7);
    holes++;
  }
  return { width, height, bits, holes };
}

/**
 * Reads and binarises a mask file.
 *
 * @param polarity The colour that is the hole.
 * @throws {InputError} If it cannot be read or is no whole image.
 */
export async function readRawMask(path: string, polarity: MaskPolarity): Promise<RawMask> {
  return binariseMask(await readImageFile(path), polarity);
}
