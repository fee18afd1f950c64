/**
 * Finds what decoders overlook or do not name: files that are cut short, and wrong checksums.
 * @module
 */
import { crc32 } from "node:zlib";
import type { ImageFormat } from "./image_header.ts";
import { findJpegEnd } from "./metadata/jpeg_segments.ts";
import { pngChunks } from "./metadata/png_chunks.ts";

/**
 * Looks a file over whose header could be read.
 *
 * @returns Why the file is not whole, or undefined. For GIF `readImageHeader` has seen to it, for the others their
 * decoders do.
 */
export function findDamage(bytes: Uint8Array, format: ImageFormat): string | undefined {
  switch (format) {
    case "png":
      return findPngDamage(bytes);
    case "jpeg":
      return findJpegEnd(bytes) === undefined
        ? "file is cut short, its JPEG end marker is missing"
        : undefined;
    case "webp": {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const wanted = view.getUint32(4, true) + 8;
      return wanted <= bytes.length
        ? undefined
        : `file is cut short, it has ${bytes.length} bytes, must be ${wanted}`;
    }
    case "gif":
    case "tiff":
    case "avif":
    case "bmp":
      return undefined;
  }
}

/** Walks the chunks: imagescript accepts a file whose end is missing. */
function findPngDamage(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { type, start, end } of pngChunks(bytes)) {
    if (crc32(bytes.subarray(start + 4, end - 4)) !== view.getUint32(end - 4)) {
      return `file is damaged, PNG chunk ${
        JSON.stringify(type)
      } at byte ${start} fails its checksum`;
    }
    if (type === "IEND") return undefined;
  }
  return "file is cut short, its PNG end chunk is missing";
}
