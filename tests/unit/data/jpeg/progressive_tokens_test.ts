import assert from "node:assert/strict";
import { decodeAcFirst, decodeAcRefine } from "../../../../src/data/jpeg/decode_blocks.ts";
import { makeHuffmanCode } from "../../../../src/data/jpeg/huffman_code.ts";
import { BandTokens } from "../../../../src/data/jpeg/progressive_tokens.ts";
import { makeHuffmanLookup, ScanBits } from "../../../../src/data/jpeg/scan_bits.ts";
import { ScanTokens } from "../../../../src/data/jpeg/scan_tokens.ts";
import { createRandom } from "../../../../src/random.ts";

/** Tells a band in two scans, bits from 1 up and then the lowest, and reads both back. */
function thereAndBack(coefficients: Int16Array, from: number, to: number): Int16Array {
  const back = new Int16Array(coefficients.length);
  for (const low of [1, 0]) {
    const tokens = new ScanTokens();
    const band = new BandTokens(tokens, { from, to, low, table: 2 });
    for (let offset = 0; offset < coefficients.length; offset += 64) {
      if (low === 1) band.addFirst(coefficients, offset);
      else band.addRefinement(coefficients, offset);
    }
    band.endRun();
    const code = makeHuffmanCode(tokens.frequencies.subarray(2 * 256, 3 * 256));
    const coded = tokens.encode([undefined, undefined, code]);
    const plain = coded.filter((byte, i) => !(byte === 0 && coded[i - 1] === 0xff));
    const data = new Uint8Array(plain.length + 300);
    data.set(plain);
    const bits = new ScanBits(data);
    bits.end = plain.length;
    const lookup = makeHuffmanLookup(code.counts, code.symbols);
    const decode = low === 1 ? decodeAcFirst : decodeAcRefine;
    let skip = 0;
    for (let offset = 0; offset < back.length; offset += 64) {
      skip = decode(bits, lookup, { from, to, low }, back, offset, skip);
    }
    assert.equal(skip, 0);
    assert.ok(bits.at > (bits.end - 1) * 8, "nothing is left");
  }
  return back;
}

Deno.test("BandTokens tells bands of all densities so that they are read back", () => {
  const random = createRandom(2);
  for (const share of [0, 0.01, 0.1, 0.5, 1]) {
    const coefficients = new Int16Array(64 * 50);
    for (let i = 0; i < coefficients.length; i++) {
      if (i % 64 < 3 || i % 64 > 60 || random.uniform() > share) continue;
      coefficients[i] = random.integer(-(2 ** random.integer(1, 10)), 2 ** random.integer(1, 10));
    }
    assert.deepEqual(thereAndBack(coefficients, 3, 60), coefficients);
  }
});

Deno.test("BandTokens ends runs of empty blocks where they become too long", () => {
  // 32767 is the longest run.
  const coefficients = new Int16Array(64 * 33000);
  coefficients[64 * 32999 + 9] = -5;
  assert.deepEqual(thereAndBack(coefficients, 1, 63), coefficients);
});

Deno.test("BandTokens ends runs where too many corrections wait", () => {
  // Coefficients that are known already need a bit each: 40 blocks of 63 are more than 937.
  const coefficients = new Int16Array(64 * 40).map((_, i) => i % 64 === 0 ? 0 : 2 + i % 2);
  assert.deepEqual(thereAndBack(coefficients, 1, 63), coefficients);
});

Deno.test("BandTokens tells long runs of zeros before what is new, with corrections between", () => {
  const coefficients = new Int16Array(64);
  coefficients.set([3, -2], 5);
  coefficients[40] = -1;
  coefficients[63] = 2;
  assert.deepEqual(thereAndBack(coefficients, 1, 63), coefficients);
});
