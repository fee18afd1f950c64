/**
 * Writing metadata into a picture file, and saying what it cannot hold.
 * @module
 */
import type { OutputFormat } from "../encode_image.ts";
import { readExifDensity } from "./density.ts";
import { jpegCanHold, writeJpegMetadata } from "./jpeg_metadata.ts";
import type { PictureMetadata } from "./picture_metadata.ts";
import { writeAvifMetadata } from "./write_avif_metadata.ts";
import { writePngMetadata } from "./png_metadata.ts";
import { writeWebpMetadata } from "./webp_metadata.ts";

/**
 * Puts metadata into a file; what it holds already of the same kinds is replaced. Pixels stay bit for bit. The table
 * in `picture_metadata.ts` says where each piece goes; what has no place is left out, and
 * {@linkcode metadataLosses} names it.
 *
 * @param bytes The whole file, as an encoder made it.
 * @param format Any but TIFF, whose encoder takes metadata itself.
 * @returns A new file.
 */
export function writeMetadata(
  bytes: Uint8Array,
  format: Exclude<OutputFormat, "tiff">,
  metadata: PictureMetadata,
): Uint8Array<ArrayBuffer> {
  switch (format) {
    case "jpeg":
      return writeJpegMetadata(bytes, metadata);
    case "png":
      return writePngMetadata(bytes, metadata);
    case "webp":
      return writeWebpMetadata(bytes, metadata);
    case "avif":
      return writeAvifMetadata(bytes, metadata);
  }
}

/**
 * Names what a format has no place for.
 *
 * @returns Names for a sentence, such as `IPTC`; empty if everything goes along.
 */
export function metadataLosses(metadata: PictureMetadata, format: OutputFormat): string[] {
  const { exif, dpi, xmpExtended, photoshop, aspect, comments, texts, colourChunks } = metadata;
  const holds = jpegCanHold(metadata);
  // WebP and AVIF have no place of their own for a density, and no comments.
  const isBare = format === "webp" || format === "avif";
  const exifDpi = exif === undefined ? dpi : readExifDensity(exif).dpi;
  const has = {
    "Exif, which is too long": format === "jpeg" && !holds.exif,
    "colour profile, which is too long": format === "jpeg" && !holds.icc,
    "XMP, which is too long": format === "jpeg" && !holds.xmp,
    "extended XMP": format !== "jpeg" && xmpExtended !== undefined,
    IPTC: isBare && photoshop !== undefined,
    resolution: isBare && dpi !== undefined && exifDpi === undefined,
    "shape of pixels": isBare && aspect !== undefined,
    comments: (isBare || format === "tiff") && comments !== undefined,
    "text chunks": format !== "png" && texts !== undefined,
    "colour chunks": format !== "png" && colourChunks !== undefined && !isPlainSrgb(colourChunks),
  };
  return Object.entries(has).filter(([, isLost]) => isLost).map(([name]) => name);
}

/** True if the chunks say what every viewer takes for granted. */
function isPlainSrgb({ sRGB, cICP }: NonNullable<PictureMetadata["colourChunks"]>): boolean {
  return sRGB !== undefined && cICP === undefined;
}
