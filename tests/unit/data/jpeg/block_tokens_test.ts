import assert from "node:assert/strict";
import { addBlock, addDifference } from "../../../../src/data/jpeg/block_tokens.ts";
import { ScanTokens } from "../../../../src/data/jpeg/scan_tokens.ts";

/** Symbols of a table that occur, with their number. */
function symbolsOf({ frequencies }: ScanTokens, table: number): Record<string, number> {
  const found: Record<string, number> = {};
  for (let symbol = 0; symbol < 256; symbol++) {
    const count = frequencies[(table << 8) | symbol]!;
    if (count > 0) found[symbol.toString(16)] = count;
  }
  return found;
}

Deno.test("addBlock() tells the difference of means, runs of zeros and the end", () => {
  const tokens = new ScanTokens();
  const coefficients = new Int16Array(128);
  coefficients.set([12, 0, -5], 64);
  coefficients[64 + 40] = 1;
  addBlock(tokens, coefficients, 64, 15, { dc: 0, ac: 2 });
  assert.deepEqual(symbolsOf(tokens, 0), { "2": 1 }); // 12 - 15 has two bits
  // A zero and three bits; 37 zeros are twice sixteen and five, then one bit; the rest is zero.
  assert.deepEqual(symbolsOf(tokens, 2), { "0": 1, "13": 1, "51": 1, "f0": 2 });
});

Deno.test("addBlock() needs no end behind the last coefficient", () => {
  const tokens = new ScanTokens();
  const coefficients = new Int16Array(64).fill(1);
  addBlock(tokens, coefficients, 0, 1, { dc: 1, ac: 3 });
  assert.deepEqual(symbolsOf(tokens, 1), { "0": 1 });
  assert.deepEqual(symbolsOf(tokens, 3), { "1": 63 });
});

Deno.test("addDifference() tells the size of a number of either sign", () => {
  const tokens = new ScanTokens();
  for (const value of [0, 1, -1, 2, -3, 4, -2047]) addDifference(tokens, 0, value);
  assert.deepEqual(symbolsOf(tokens, 0), { "0": 1, "1": 2, "2": 2, "3": 1, "b": 1 });
});
