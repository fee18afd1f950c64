/**
 * Photoshop image resources, of which two kinds are small pictures.
 * @module
 */
import { joinBytes, startsWith } from "./join_bytes.ts";

/** Thumbnails of Photoshop 4.0 and of 5.0 on. */
const THUMBNAILS = new Set([1033, 1036]);

/**
 * Takes the thumbnails out.
 *
 * @param resources Blocks that begin with `8BIM`.
 * @returns A copy; what stands behind a damaged block is left out, for it could not be looked at.
 *
 * Source: Adobe Photoshop file formats specification, image resource section.
 */
export function withoutPhotoshopThumbnails(resources: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array[] = [];
  const view = new DataView(resources.buffer, resources.byteOffset, resources.byteLength);
  let at = 0;
  while (at + 12 <= resources.length && startsWith(resources.subarray(at), "8BIM")) {
    const id = view.getUint16(at + 4);
    const name = view.getUint8(at + 6) + 1;
    const lengthAt = at + 6 + name + name % 2;
    if (lengthAt + 4 > resources.length) break;
    const length = view.getUint32(lengthAt);
    const end = lengthAt + 4 + length;
    if (end > resources.length) break;
    const next = Math.min(end + length % 2, resources.length);
    if (!THUMBNAILS.has(id)) kept.push(resources.subarray(at, next));
    at = next;
  }
  return joinBytes(kept);
}
