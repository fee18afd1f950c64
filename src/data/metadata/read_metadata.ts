/**
 * Reading what a picture file says beside its pixels.
 * @module
 */
import { readAvifMetadata } from "../avif/avif_metadata.ts";
import type { ImageFormat } from "../image_header.ts";
import { readTiffLayout } from "../tiff/tiff_layout.ts";
import { readTiffMetadata } from "../tiff/tiff_metadata.ts";
import { isExif } from "./exif_directory.ts";
import { iccColourSpace } from "./icc_profile.ts";
import { readJpegMetadata } from "./jpeg_metadata.ts";
import type { PictureMetadata } from "./picture_metadata.ts";
import { readPngMetadata } from "./png_metadata.ts";
import { resetOrientation } from "./upright_exif.ts";
import { readWebpMetadata } from "./webp_metadata.ts";

/** Most bytes that a compressed or divided piece may grow to; a profile of that size would be a bomb. */
const LIMIT = 2 ** 24;

/**
 * Reads the metadata of a file. Broken metadata do not make a picture unreadable: pieces that are damaged, or would
 * grow beyond 16 MiB, are left out.
 *
 * @param bytes The whole file.
 * @param format What it is.
 * @returns Copies; none of a GIF or BMP. In an AVIF the orientation of Exif means nothing and is given as 1.
 */
export function readMetadata(bytes: Uint8Array, format: ImageFormat): PictureMetadata {
  switch (format) {
    case "jpeg":
      return readJpegMetadata(bytes, LIMIT);
    case "png":
      return readPngMetadata(bytes, LIMIT);
    case "webp":
      return readWebpMetadata(bytes);
    case "tiff":
      return withoutBroken(readTiff(bytes));
    case "avif":
      return uprightAvif(withoutBroken(readAvifMetadata(bytes)));
    case "gif":
    case "bmp":
      return {};
  }
}

function readTiff(bytes: Uint8Array): PictureMetadata {
  try {
    return readTiffMetadata(readTiffLayout(bytes));
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Leaves a block or profile out that is none. */
function withoutBroken(metadata: PictureMetadata): PictureMetadata {
  const { exif, icc, ...rest } = metadata;
  return {
    ...rest,
    ...exif !== undefined && isExif(exif) ? { exif } : {},
    ...icc !== undefined && iccColourSpace(icc) !== undefined ? { icc } : {},
  };
}

/** Boxes of the file say how it is turned: another format would take Exif at its word. */
function uprightAvif(metadata: PictureMetadata): PictureMetadata {
  const { exif } = metadata;
  if (exif === undefined) return metadata;
  return { ...metadata, exif: resetOrientation(exif) };
}
