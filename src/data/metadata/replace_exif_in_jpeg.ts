/**
 * Another Exif block for a JPEG that stays as it is otherwise.
 * @module
 */
import { writeJpegMetadata } from "./jpeg_metadata.ts";

/**
 * Puts a block in place of the one that a JPEG has, or adds it. All other segments and the picture's data stay bit for
 * bit; the JFIF header, where there is one, stays in front.
 *
 * @param exif TIFF block from its byte order mark on; one of more than 65527 bytes does not fit and is left out.
 */
export function replaceExifInJpeg(bytes: Uint8Array, exif: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeJpegMetadata(bytes, { exif });
}
