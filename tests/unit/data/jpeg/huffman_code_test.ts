import assert from "node:assert/strict";
import { makeHuffmanCode } from "../../../../src/data/jpeg/huffman_code.ts";

/** Frequencies by symbol. */
function frequencies(counts: Readonly<Record<number, number>>): Uint32Array {
  const all = new Uint32Array(256);
  for (const [symbol, count] of Object.entries(counts)) all[Number(symbol)] = count;
  return all;
}

const bitsOf = (codes: Uint32Array, symbol: number) => codes[symbol]! & 31;

Deno.test("makeHuffmanCode() gives rare symbols longer codes", () => {
  const { counts, symbols, codes } = makeHuffmanCode(frequencies({ 7: 10, 3: 5, 200: 2, 9: 1 }));
  // By hand, with the reserved symbol of 1: 1+1, +2, +5, +10; the reserved one shares the longest code.
  assert.deepEqual([...counts.subarray(0, 5)], [1, 1, 1, 1, 0]);
  assert.deepEqual([...symbols], [7, 3, 200, 9]);
  assert.deepEqual([7, 3, 200, 9].map((symbol) => codes[symbol]! >>> 5), [
    0b0,
    0b10,
    0b110,
    0b1110,
  ]);
  assert.equal(codes[8], 0);
});

Deno.test("makeHuffmanCode() gives a single symbol one bit, not the forbidden code of ones", () => {
  const { counts, symbols, codes } = makeHuffmanCode(frequencies({ 0: 3 }));
  assert.deepEqual([counts[0], [...symbols]], [1, [0]]);
  assert.equal(codes[0], (0 << 5) | 1);
});

Deno.test("makeHuffmanCode() keeps to 16 bits where frequencies ask for more", () => {
  // Fibonacci numbers make the longest codes: 40 of them ask for 40 bits.
  const all = new Uint32Array(256);
  for (let i = 0, [a, b] = [1, 1]; i < 40; i++, [a, b] = [b, a + b]) all[i] = a;
  const { counts, symbols, codes } = makeHuffmanCode(all);
  assert.equal(symbols.length, 40);
  assert.equal(counts.reduce((sum, count) => sum + count, 0), 40);
  // Kraft's sum stays below 1, for the code of ones is free.
  const sum = [...symbols].reduce((total, symbol) => total + 2 ** -bitsOf(codes, symbol), 0);
  assert.ok(sum < 1 && sum > 0.99, `${sum}`);
  // The rarest 13 share 16 bits. The most frequent one weighs as much as all but its neighbour together, so
  // both take two.
  for (let i = 0; i < 40; i++) assert.ok(bitsOf(codes, i) <= 16 && bitsOf(codes, i) >= 2, `${i}`);
  assert.deepEqual([0, 12, 36, 37, 38, 39].map((i) => bitsOf(codes, i)), [16, 16, 3, 3, 2, 2]);
});

Deno.test("makeHuffmanCode() gives 256 equal symbols eight or nine bits", () => {
  const { counts } = makeHuffmanCode(new Uint32Array(256).fill(4));
  // 257 leaves: the two lightest, of which one is the reserved one, lie one level deeper.
  assert.deepEqual([counts[7], counts[8]], [255, 1]);
});
