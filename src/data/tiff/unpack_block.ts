/**
 * Unpacking one strip or tile of a TIFF.
 * @module
 */
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { TiffLayout } from "./tiff_layout.ts";
import { unpackLzw } from "./unpack_lzw.ts";

/**
 * Unpacks a block to exactly the wanted number of bytes, never more, whatever the file claims.
 *
 * @param packed The block as it lies in the file.
 * @throws {SyntaxError} If it has too few bytes or is damaged.
 *
 * Source: TIFF 6.0, sections 9 (PackBits) and 13 (LZW); Adobe's Photoshop TIFF notes (Deflate).
 */
export async function unpackBlock(
  packed: Uint8Array,
  { compression, length, most }: {
    readonly compression: TiffLayout["compression"];
    /** Bytes wanted. */
    readonly length: number;
    /** Bytes that it may have: some writers fill up the last strip. */
    readonly most: number;
  },
): Promise<Uint8Array> {
  switch (compression) {
    case 1:
      if (packed.length < length) throw new SyntaxError("TIFF's pixels are cut short");
      return packed.subarray(0, length);
    case 5:
      return unpackLzw(packed, length);
    case 8:
      return (await unpackDeflate(packed, { length, most })).subarray(0, length);
    case 32773:
      return unpackBits(packed, length);
  }
}

async function unpackDeflate(
  packed: Uint8Array,
  { length, most }: { readonly length: number; readonly most: number },
): Promise<Uint8Array> {
  const bytes: Uint8Array = await promisify(inflate)(packed, {
    maxOutputLength: most,
    chunkSize: Math.max(64, Math.min(length + 64, 2 ** 24)),
  }).catch((cause: unknown) => {
    throw new SyntaxError("TIFF's Deflate data is damaged or cut short", { cause });
  });
  if (bytes.length < length) throw new SyntaxError("TIFF's Deflate data is cut short");
  return bytes;
}

/** A byte n below 128 is followed by n + 1 bytes, above it by one that is repeated 257 - n times. */
function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  let [from, to] = [0, 0];
  while (to < length) {
    const head = packed[from++];
    if (head === undefined) throw new SyntaxError("TIFF's PackBits data is cut short");
    if (head === 128) continue;
    if (head > 128) {
      if (from >= packed.length) throw new SyntaxError("TIFF's PackBits data is cut short");
      output.fill(packed[from++]!, to, to + 257 - head);
      to += 257 - head;
    } else {
      const run = packed.subarray(from, from + head + 1);
      if (run.length <= head) throw new SyntaxError("TIFF's PackBits data is cut short");
      output.set(run.subarray(0, length - to), to);
      from += run.length;
      to += run.length;
    }
  }
  return output;
}
