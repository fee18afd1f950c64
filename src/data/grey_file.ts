/**
 * Whether an image file stores grey levels or colours.
 * @module
 */
import { readImageHeader } from "./image_header.ts";

/**
 * Tells whether a file has one channel of levels, with or without transparency: PNG of colour type 0 or 4, JPEG of one
 * component. A colour file whose channels are equal is no grey file, nor is a palette of greys.
 *
 * @param bytes The whole file.
 * @throws {InputError} As {@linkcode readImageHeader}.
 *
 * Source: PNG (ISO 15948) 11.2.2; JPEG (ITU T.81) B.2.2.
 */
export function isGreyFile(bytes: Uint8Array, options: { readonly name?: string } = {}): boolean {
  const { format } = readImageHeader(bytes, options);
  // The header is whole: signature, length, name, width, height and depth are in front of the colour type.
  if (format === "png") return bytes[25] === 0 || bytes[25] === 4;
  return format === "jpeg" && componentsOf(bytes) === 1;
}

/** Number of components in the frame header of a JPEG, 0 if there is none. */
function componentsOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes[at + 9]!;
    at += 2 + view.getUint16(at + 2);
  }
  return 0;
}
