import assert from "node:assert/strict";
import {
  decodeAcFirst,
  decodeAcRefine,
  decodeDcFirst,
  decodeDcRefine,
  decodeSequentialBlock,
} from "../../../../src/data/jpeg/decode_blocks.ts";
import { makeHuffmanLookup, ScanBits } from "../../../../src/data/jpeg/scan_bits.ts";
import { InputError } from "../../../../src/errors.ts";

/** A table of up to four symbols: 0, 10, 110, 1110. */
function tableOf(...symbols: number[]) {
  const counts = Uint8Array.from({ length: 16 }, (_, i) => i < symbols.length ? 1 : 0);
  return makeHuffmanLookup(counts, Uint8Array.from(symbols));
}

/** Zeros and ones as a reader; blanks are for the eye. */
function bitsOf(text: string): ScanBits {
  const digits = text.replaceAll(" ", "");
  const data = new Uint8Array(Math.ceil(digits.length / 8) + 300);
  [...digits].forEach((digit, i) => data[i >> 3]! |= Number(digit) << (7 - i % 8));
  const bits = new ScanBits(data);
  bits.end = Math.ceil(digits.length / 8);
  return bits;
}

const ALL = { from: 1, to: 63, low: 0 };

Deno.test("decodeSequentialBlock() reads mean, runs and end", () => {
  const tables = { dc: tableOf(0, 3), ac: tableOf(0, 0x21, 0xf0) };
  const block = new Int16Array(128);
  // Three bits 101 are 5; two zeros and -1; sixteen zeros, two zeros and 1; end.
  const bits = bitsOf("10 101 | 10 0 | 110 | 10 1 | 0".replaceAll("|", ""));
  assert.equal(decodeSequentialBlock(bits, tables, block, 64, 100), 105);
  const wanted = new Int16Array(128);
  wanted[64] = 105;
  wanted[64 + 3] = -1;
  wanted[64 + 22] = 1;
  assert.deepEqual(block, wanted);
});

Deno.test("decodeSequentialBlock() refuses more than 64 coefficients, means too large, and too few bits", () => {
  const block = new Int16Array(64);
  const tables = { dc: tableOf(0, 15), ac: tableOf(0xf1, 0) };
  const four = "0 01 01 01 01";
  assert.throws(() => decodeSequentialBlock(bitsOf(four), tables, block, 0, 0), /more than 64/);
  const large = `10 ${"1".repeat(15)} 10`;
  assert.throws(() => decodeSequentialBlock(bitsOf(large), tables, block, 0, 0), /too large/);
  const end = { dc: tableOf(0), ac: tableOf(0) };
  const bits = bitsOf("");
  assert.throws(() => decodeSequentialBlock(bits, end, block, 0, 0), InputError);
});

Deno.test("decodeDcFirst() and decodeDcRefine() read a mean from its upper bits down", () => {
  const block = new Int16Array(64);
  const band = { from: 0, to: 0, low: 1 };
  // -3 of two bits is 00; with its lowest bit -6 becomes -5.
  assert.equal(decodeDcFirst(bitsOf("10 00"), tableOf(0, 2), band, block, 0, 0), -3);
  assert.equal(block[0], -6);
  decodeDcRefine(bitsOf("1"), { ...band, low: 0 }, block, 0);
  assert.equal(block[0], -5);
  const high = { ...band, low: 13 };
  assert.throws(
    () => decodeDcFirst(bitsOf("10 11"), tableOf(0, 3), high, block, 0, 9),
    /too large/,
  );
});

Deno.test("decodeAcFirst() reads bits from `low` up and runs of empty blocks", () => {
  const block = new Int16Array(64);
  const table = tableOf(0x02, 0x20);
  // -2 of two bits is 01, times 4; a run of 4 + 1 blocks that begins with the rest of this one.
  const band = { from: 1, to: 20, low: 2 };
  assert.equal(decodeAcFirst(bitsOf("0 01 10 01"), table, band, block, 0, 0), 4);
  assert.equal(block[1], -8);
  assert.equal(decodeAcFirst(bitsOf(""), table, band, block, 0, 4), 3);
  const outside = { from: 5, to: 6, low: 0 };
  assert.throws(
    () => decodeAcFirst(bitsOf("0 1"), tableOf(0x21), outside, block, 0, 0),
    InputError,
  );
});

Deno.test("decodeAcRefine() corrects what is known and puts new ones between", () => {
  const block = new Int16Array(64);
  block[2] = 4;
  block[5] = -4;
  // One zero, then a new -2: passes 2 (corrected by 1), skips 1 and lands on 3. Then a run of one block ends it,
  // with a correction of 5.
  const bits = bitsOf("10 0 1 0 1");
  const skip = decodeAcRefine(bits, tableOf(0x00, 0x11), { ...ALL, low: 1 }, block, 0, 0);
  assert.equal(skip, 0);
  assert.deepEqual([...block.subarray(0, 7)], [0, 0, 6, -2, 0, -6, 0]);
  const bad = () => decodeAcRefine(bitsOf("0"), tableOf(0x02), ALL, block, 0, 0);
  assert.throws(bad, /refined scan is damaged/);
});
