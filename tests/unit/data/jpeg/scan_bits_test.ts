import assert from "node:assert/strict";
import { makeHuffmanCode } from "../../../../src/data/jpeg/huffman_code.ts";
import { makeHuffmanLookup, ScanBits } from "../../../../src/data/jpeg/scan_bits.ts";
import { ScanTokens } from "../../../../src/data/jpeg/scan_tokens.ts";
import { InputError } from "../../../../src/errors.ts";

/** A reader over some bytes and zeros behind them. */
function bitsOf(bytes: ArrayLike<number>): ScanBits {
  const data = new Uint8Array(bytes.length + 300);
  data.set(bytes);
  const bits = new ScanBits(data);
  bits.end = bytes.length;
  return bits;
}

Deno.test("ScanBits reads numbers of any place and sign", () => {
  const bits = bitsOf([0b10110011, 0b10001111, 0b00001111]);
  assert.equal(bits.take(3), 0b101);
  assert.equal(bits.take(0), 0);
  assert.equal(bits.take(9), 0b100111000);
  assert.equal(bits.takeSigned(4), 0b1111);
  // Numbers that begin with 0 are negative: of four bits 0000 is -15.
  assert.equal(bits.takeSigned(4), -15);
  assert.equal(bits.takeSigned(1), 1);
  bits.check();
  bits.take(4);
  assert.throws(() => bits.check(), InputError);
});

Deno.test("ScanBits reads 16 bits at each of eight places", () => {
  for (let place = 0; place < 8; place++) {
    const value = 0xa5c3;
    const word = BigInt(value) << BigInt(16 - place);
    const bits = bitsOf([24n, 16n, 8n, 0n].map((shift) => Number((word >> shift) & 0xffn)));
    bits.take(place);
    assert.equal(bits.take(16), value, `from bit ${place}`);
  }
});

Deno.test("ScanBits reads back every code of a table, those of more than nine bits too", () => {
  const frequencies = Uint32Array.from({ length: 256 }, (_, i) => Math.ceil(1e6 / 1.1 ** i));
  const code = makeHuffmanCode(frequencies);
  assert.ok(code.counts[15]! > 0, "the table must have codes of 16 bits");
  const tokens = new ScanTokens();
  for (let symbol = 0; symbol < 256; symbol++) tokens.add(1, symbol, 0, 0);
  const coded = tokens.encode([undefined, code]);
  const bits = bitsOf(coded.filter((byte, i) => !(byte === 0 && coded[i - 1] === 0xff)));
  const lookup = makeHuffmanLookup(code.counts, code.symbols);
  for (let symbol = 0; symbol < 256; symbol++) assert.equal(bits.symbol(lookup), symbol);
  bits.check();
});

Deno.test("codes that a table does not have, and tables that are none, are refused", () => {
  const counts = Uint8Array.from([1, 1, ...new Array(14).fill(0)]);
  const lookup = makeHuffmanLookup(counts, Uint8Array.of(4, 5));
  const bits = bitsOf([0b01011000]);
  assert.deepEqual([bits.symbol(lookup), bits.symbol(lookup)], [4, 5]);
  assert.throws(() => bits.symbol(lookup), InputError);
  const tooMany = Uint8Array.from([3, ...new Array(15).fill(0)]);
  assert.throws(() => makeHuffmanLookup(tooMany, Uint8Array.of(1, 2, 3)), InputError);
});
