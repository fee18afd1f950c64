/**
 * XMP in the segments of a JPEG: one packet, and what did not fit into it in numbered pieces.
 * @module
 */
import { createHash } from "node:crypto";
import { joinBytes, latin1Bytes, latin1Text, startsWith } from "./join_bytes.ts";
import { jpegSegment, MAX_SEGMENT } from "./jpeg_segments.ts";

/** What a segment of the first packet begins with. */
export const XMP_SIGNATURE = "http://ns.adobe.com/xap/1.0/\0";
/** What a piece of the second packet begins with. */
export const EXTENDED_SIGNATURE = "http://ns.adobe.com/xmp/extension/\0";

/** MD5 as 32 letters, length of the whole, offset of the piece. */
const [GUID_LENGTH, PIECE_HEADER] = [32, 32 + 4 + 4];
/** Most bytes of a packet in one segment. */
export const MAX_XMP = MAX_SEGMENT - XMP_SIGNATURE.length;
const MAX_PIECE = MAX_SEGMENT - EXTENDED_SIGNATURE.length - PIECE_HEADER;
const APP1 = 0xe1;

/**
 * Puts the second packet together.
 *
 * @param contents Contents of all APP1 segments.
 * @param xmp The first packet, which names the second by its MD5.
 * @param limit Most bytes.
 * @returns Undefined if there is none, a piece is missing or the MD5 is another.
 *
 * Source: XMP specification, part 3 (2020), 1.1.3.1.
 */
export function readExtendedXmp(
  contents: readonly Uint8Array[],
  xmp: Uint8Array,
  limit: number,
): Uint8Array | undefined {
  const guid = /HasExtendedXMP\s*(?:=\s*["']|>)\s*([0-9A-Fa-f]{32})/.exec(latin1Text(xmp))?.[1];
  if (guid === undefined) return undefined;
  let whole: Uint8Array | undefined;
  for (const content of contents) {
    if (!startsWith(content, EXTENDED_SIGNATURE + guid)) continue;
    const piece = content.subarray(EXTENDED_SIGNATURE.length + GUID_LENGTH);
    if (piece.length < 8) return undefined;
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    const [length, offset] = [view.getUint32(0), view.getUint32(4)];
    if (length > limit || offset + piece.length - 8 > length) return undefined;
    whole ??= new Uint8Array(length);
    if (whole.length !== length) return undefined;
    whole.set(piece.subarray(8), offset);
  }
  // A piece that is missing makes another MD5.
  return whole !== undefined && md5(whole) === guid.toUpperCase() ? whole : undefined;
}

/** Segments of a packet, and of a second one whose MD5 it names. */
export function xmpSegments(xmp: Uint8Array, extended?: Uint8Array): Uint8Array[] {
  const segments: Uint8Array[] = [jpegSegment(APP1, latin1Bytes(XMP_SIGNATURE), xmp)];
  if (extended === undefined) return segments;
  const signature = latin1Bytes(EXTENDED_SIGNATURE + md5(extended));
  for (let at = 0; at < extended.length; at += MAX_PIECE) {
    const header = new Uint8Array(8);
    new DataView(header.buffer).setUint32(0, extended.length);
    new DataView(header.buffer).setUint32(4, at);
    const piece = extended.subarray(at, at + MAX_PIECE);
    segments.push(jpegSegment(APP1, joinBytes([signature, header]), piece));
  }
  return segments;
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex").toUpperCase();
}
