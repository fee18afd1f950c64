/**
 * Blocks as sequential JPEGs tell them.
 * @module
 */
import type { ScanTokens } from "./scan_tokens.ts";

/** Fifteen zeros and one more. */
const ZERO_RUN = 0xf0;

/** Where a block's symbols go. */
export interface BlockTables {
  /** Table of the differences of mean values. */
  readonly dc: number;
  /** Table of the other coefficients. */
  readonly ac: number;
}

/**
 * Adds one whole block.
 *
 * @param coefficients Those of the block begin at `offset`, 64 in zigzag order.
 * @param previousDc First coefficient of the component's last block, 0 at the start.
 *
 * Source: ITU T.81, F.1.2.1 and F.1.2.2.
 */
export function addBlock(
  tokens: ScanTokens,
  coefficients: Int16Array,
  offset: number,
  previousDc: number,
  tables: BlockTables,
): void {
  addDifference(tokens, tables.dc, coefficients[offset]! - previousDc);
  let last = 63;
  while (last > 0 && coefficients[offset + last] === 0) last--;
  let run = 0;
  for (let k = 1; k <= last; k++) {
    const value = coefficients[offset + k]!;
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) tokens.add(tables.ac, ZERO_RUN, 0, 0);
    addNumber(tokens, tables.ac, run, value);
    run = 0;
  }
  if (last < 63) tokens.add(tables.ac, 0, 0, 0);
}

/** Adds the difference of a mean value to the last one. Source: ITU T.81, F.1.2.1. */
export function addDifference(tokens: ScanTokens, table: number, difference: number): void {
  addNumber(tokens, table, 0, difference);
}

/** A negative number is told as one less, in as many bits as its magnitude has. */
function addNumber(tokens: ScanTokens, table: number, run: number, value: number): void {
  const size = 32 - Math.clz32(value < 0 ? -value : value);
  tokens.add(table, (run << 4) | size, value < 0 ? value - 1 : value, size);
}
