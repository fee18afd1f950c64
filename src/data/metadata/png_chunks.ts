/**
 * The frame of a PNG file: its chunks.
 * @module
 */
import { crc32 } from "node:zlib";
import { latin1Text } from "./join_bytes.ts";

/** One chunk. */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  /** Offset of its length in the file. */
  readonly start: number;
  /** Offset behind its checksum. */
  readonly end: number;
  /** Window into the file: its content. */
  readonly data: Uint8Array;
}

/**
 * Lists the chunks up to `IEND`, as far as they are whole. Checksums are not looked at.
 *
 * Source: PNG (ISO 15948) 5.3.
 */
export function pngChunks(bytes: Uint8Array): PngChunk[] {
  const chunks: PngChunk[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    const type = latin1Text(bytes.subarray(at + 4, at + 8));
    chunks.push({ type, start: at, end, data: bytes.subarray(at + 8, end - 4) });
    if (type === "IEND") break;
    at = end;
  }
  return chunks;
}

/**
 * Makes a chunk: length, type, content, checksum.
 *
 * @param type Four letters.
 */
export function pngChunk(
  type: string,
  data: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  return chunk;
}
