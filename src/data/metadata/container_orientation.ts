/**
 * The orientation in the Exif block of a PNG or WebP.
 *
 * Pillow's `exif_transpose`, libvips and sharp turn both by it. Chromium 156 turns a PNG (measured) and no WebP; but an
 * orientation gets into a WebP only by conversion of a photograph, whose pixels do lie on their side. A result is
 * written upright with orientation 1, which every viewer shows alike.
 * @module
 */
import { readExifOrientation } from "../exif_orientation.ts";
import { readMetadata } from "./read_metadata.ts";

/**
 * Reads the orientation, wherever the block stands: behind the pixels of a PNG too, or in a raw profile of ImageMagick.
 *
 * @param bytes The whole file.
 * @returns 1 to 8; 1 (upright) if there is none or the block is damaged.
 */
export function readContainerOrientation(bytes: Uint8Array, format: "png" | "webp"): number {
  const { exif } = readMetadata(bytes, format);
  return exif === undefined ? 1 : readExifOrientation(exif);
}
