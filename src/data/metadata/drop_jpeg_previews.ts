/**
 * Small pictures of what a JPEG showed before it was changed, taken out of the file itself.
 * @module
 */
import { dropThumbnail } from "./exif_thumbnail.ts";
import { joinBytes, latin1Bytes, startsWith } from "./join_bytes.ts";
import { EXIF_SIGNATURE, PHOTOSHOP_SIGNATURE } from "./jpeg_metadata.ts";
import { findJpegEnd, type JpegSegment, jpegSegment, jpegSegments } from "./jpeg_segments.ts";
import { EXTENDED_SIGNATURE, XMP_SIGNATURE } from "./jpeg_xmp.ts";
import { withoutPhotoshopThumbnails } from "./photoshop_resources.ts";
import { withoutXmpPreviews } from "./xmp_previews.ts";

/**
 * Does to a file what `dropPreviews` does to metadata, and takes out what only a file has: the thumbnails of JFIF, the
 * list of further pictures (MPF) and everything behind the end of the picture, where those pictures, and the film of a
 * moving photograph, lie. The picture's own data stays bit for bit, as do all other segments.
 *
 * @param bytes A whole JPEG.
 */
export function dropJpegPreviews(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const segments = jpegSegments(bytes);
  const start = segments[0]?.start ?? 2;
  const rest = segments.at(-1)?.end ?? start;
  return joinBytes([
    bytes.subarray(0, start),
    ...segments.flatMap((segment) => cleaned(bytes, segment)),
    bytes.subarray(rest, findJpegEnd(bytes) ?? bytes.length),
  ]);
}

/** A segment without previews, or nothing if it is one. */
function cleaned(bytes: Uint8Array, { marker, start, end, content }: JpegSegment): Uint8Array[] {
  const after = (signature: string) => content.subarray(signature.length);
  const again = (signature: string, data: Uint8Array) => [
    jpegSegment(marker, latin1Bytes(signature), data),
  ];
  const has = (wanted: number, signature: string) =>
    marker === wanted && startsWith(content, signature);
  if (has(0xe0, "JFXX\0") || has(0xe2, "MPF\0") || has(0xe1, EXTENDED_SIGNATURE)) return [];
  if (has(0xe0, "JFIF\0") && content.length > 14) {
    return [jpegSegment(marker, content.subarray(0, 12), [0, 0])];
  }
  if (has(0xe1, EXIF_SIGNATURE)) return again(EXIF_SIGNATURE, dropThumbnail(after(EXIF_SIGNATURE)));
  if (has(0xe1, XMP_SIGNATURE)) {
    return again(XMP_SIGNATURE, withoutXmpPreviews(after(XMP_SIGNATURE)));
  }
  if (has(0xed, PHOTOSHOP_SIGNATURE)) {
    return again(PHOTOSHOP_SIGNATURE, withoutPhotoshopThumbnails(after(PHOTOSHOP_SIGNATURE)));
  }
  return [bytes.subarray(start, end)];
}
