import assert from "node:assert/strict";
import { unpackLzw } from "../../../../src/data/tiff/unpack_lzw.ts";

/** Codes of 9 bits, highest first. */
function nineBits(...codes: number[]): Uint8Array {
  const bits = codes.map((code) => code.toString(2).padStart(9, "0")).join("");
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => parseInt(byte.padEnd(8, "0"), 2));
}

Deno.test("unpackLzw() unpacks the example of TIFF 6.0, section 13", () => {
  const packed = nineBits(256, 7, 258, 8, 8, 258, 6, 257);
  // 7, then 258 = 7 7 (not yet known when it comes), 8, 8, 7 7, 6.
  assert.deepEqual([...unpackLzw(packed, 8)], [7, 7, 7, 8, 8, 7, 7, 6]);
});

Deno.test("unpackLzw() stops at the wanted length, inside a string too", () => {
  const packed = nineBits(256, 7, 258, 8, 8, 258, 6, 257);
  assert.deepEqual([...unpackLzw(packed, 2)], [7, 7]);
  assert.deepEqual([...unpackLzw(packed, 6)], [7, 7, 7, 8, 8, 7]);
});

Deno.test("unpackLzw() refuses codes that mean nothing, and too few", () => {
  const refuse = (packed: Uint8Array, message: RegExp) =>
    assert.throws(() => unpackLzw(packed, 9), { name: "SyntaxError", message });
  refuse(nineBits(256, 258), /damaged/); // nothing came before
  refuse(nineBits(256, 7, 300), /damaged/);
  refuse(nineBits(256, 7, 257), /cut short/);
  refuse(nineBits(256, 7), /cut short/);
  refuse(new Uint8Array(), /cut short/);
  refuse(Uint8Array.of(0, 1, 2), /LZW of the old kind/);
});
