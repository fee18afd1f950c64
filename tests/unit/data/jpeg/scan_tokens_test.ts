import assert from "node:assert/strict";
import { makeHuffmanCode } from "../../../../src/data/jpeg/huffman_code.ts";
import { ScanTokens } from "../../../../src/data/jpeg/scan_tokens.ts";

/** Symbol 1 is 0, symbol 2 is 10, symbol 3 is 110. */
const CODE = makeHuffmanCode(Uint32Array.from({ length: 256 }, (_, i) => [0, 9, 4, 2][i] ?? 0));

Deno.test("ScanTokens writes codes and bits, highest first, and fills the last byte with ones", () => {
  const tokens = new ScanTokens();
  tokens.add(2, 3, 0b101, 3); // 110 101
  tokens.add(2, 1, 0, 0); // 0
  tokens.addBits(0b01, 2); // 01
  tokens.add(2, 2, -1, 4); // 10 1111, higher bits of the value are not looked at
  assert.deepEqual([...tokens.frequencies.subarray(2 * 256, 2 * 256 + 4)], [0, 1, 1, 1]);
  // 1101 0100 | 1101 111 and a one.
  assert.deepEqual([...tokens.encode([undefined, undefined, CODE])], [0b11010100, 0b11011111]);
});

Deno.test("ScanTokens puts a zero behind each byte of ones", () => {
  const tokens = new ScanTokens();
  tokens.addBits(0xffff, 16);
  tokens.addBits(0b1111, 4);
  assert.deepEqual([...tokens.encode([])], [0xff, 0, 0xff, 0, 0xff, 0]);
  assert.deepEqual([...new ScanTokens().encode([])], []);
});

Deno.test("ScanTokens keeps order over more tokens than one piece of memory holds", () => {
  const tokens = new ScanTokens();
  const count = 600_000;
  for (let i = 0; i < count; i++) tokens.addBits(i % 200, 8);
  const bytes = tokens.encode([]);
  assert.equal(bytes.length, count);
  assert.ok(bytes.every((byte, i) => byte === i % 200));
});
