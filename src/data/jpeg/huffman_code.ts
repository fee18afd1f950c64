/**
 * The shortest Huffman code that a JPEG may hold for given frequencies.
 * @module
 */

/** A Huffman table, as a file states it and as a writer uses it. */
export interface HuffmanCode {
  /** Number of codes of 1 to 16 bits. */
  readonly counts: Uint8Array;
  /** Symbols in order of their codes. */
  readonly symbols: Uint8Array;
  /** By symbol: `code << 5 | bits`; 0 without a code. */
  readonly codes: Uint32Array;
}

/** Longest code of a JPEG, in bits. */
const LONGEST = 16;

/**
 * Makes the code; no symbol gets one of ones alone, which the format forbids.
 *
 * @param frequencies How often each of 256 symbols occurs.
 *
 * Source: ITU T.81, K.2 and figures K.1 to K.4, with libjpeg's reserved 257th symbol (jchuff.c,
 * `jpeg_gen_optimal_table`).
 */
export function makeHuffmanCode(frequencies: Uint32Array): HuffmanCode {
  const lengths = codeLengths(frequencies);
  const sizes = limitSizes(lengths);
  const symbols = [...lengths.keys()].filter((symbol) => symbol < 256 && lengths[symbol]! > 0)
    .sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { counts: sizes, symbols: Uint8Array.from(symbols), codes: listCodes(sizes, symbols) };
}

/** Lengths of an unlimited code, by symbol, the reserved one included. */
function codeLengths(frequencies: Uint32Array): Uint8Array {
  const weights = Float64Array.from({ length: 257 }, (_, i) => i < 256 ? frequencies[i]! : 1);
  const lengths = new Uint8Array(257);
  const next = new Int16Array(257).fill(-1);
  for (;;) {
    // The two lightest trees; of equal ones the larger symbol, so that the reserved one gets the longest code.
    let first = -1;
    let second = -1;
    for (let i = 0; i < 257; i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      if (first < 0 || weight <= weights[first]!) {
        second = first;
        first = i;
      } else if (second < 0 || weight <= weights[second]!) second = i;
    }
    if (second < 0) return lengths;
    weights[first]! += weights[second]!;
    weights[second] = 0;
    let last = first;
    for (lengths[last]!++; next[last]! >= 0; lengths[last]!++) last = next[last]!;
    next[last] = second;
    for (let i = second; i >= 0; i = next[i]!) lengths[i]!++;
  }
}

/** How many codes there are of 1 to 16 bits, after shortening longer ones and without the reserved symbol's. */
function limitSizes(lengths: Uint8Array): Uint8Array {
  const sizes = new Uint16Array(64);
  for (const length of lengths) if (length > 0) sizes[length]!++;
  for (let length = 63; length > LONGEST; length--) {
    while (sizes[length]! > 0) {
      let shorter = length - 2;
      while (sizes[shorter] === 0) shorter--;
      sizes[length]! -= 2;
      sizes[length - 1]!++;
      sizes[shorter + 1]! += 2;
      sizes[shorter]!--;
    }
  }
  let longest = LONGEST;
  while (longest > 0 && sizes[longest] === 0) longest--;
  if (longest > 0) sizes[longest]!--;
  return Uint8Array.from(sizes.subarray(1, LONGEST + 1));
}

/** Codes of equal length are consecutive numbers. */
function listCodes(counts: Uint8Array, symbols: readonly number[]): Uint32Array {
  const codes = new Uint32Array(256);
  let code = 0;
  let i = 0;
  counts.forEach((count, length) => {
    for (const end = i + count; i < end; i++) codes[symbols[i]!] = (code++ << 5) | (length + 1);
    code <<= 1;
  });
  return codes;
}
