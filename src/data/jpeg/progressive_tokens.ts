/**
 * Bands of frequencies as progressive JPEGs tell them.
 * @module
 */
import type { ScanTokens } from "./scan_tokens.ts";

/** Longest run of blocks without anything more. */
const LONGEST_RUN = 0x7fff;

/** So many corrections may wait for the run of blocks that they belong to. Source: libjpeg, jcphuff.c. */
const MOST_CORRECTIONS = 1000 - 63;

/** A band to tell. */
export interface ToldBand {
  /** First frequency in zigzag order, at least 1. */
  readonly from: number;
  /** Last frequency. */
  readonly to: number;
  /** Lowest bit that the scan tells. */
  readonly low: number;
  /** Table of all symbols. */
  readonly table: number;
}

/**
 * Adds the blocks of one scan over a band; runs of empty blocks are told together.
 *
 * Source: ITU T.81, G.1.2.2 and G.1.2.3; libjpeg, jcphuff.c.
 */
export class BandTokens {
  readonly #tokens: ScanTokens;
  readonly #band: ToldBand;
  /** Blocks at the end of which nothing is left to tell. */
  #run = 0;
  /** Lower bits of known coefficients in those blocks. */
  readonly #waiting = new Uint8Array(MOST_CORRECTIONS + 64);
  #waitingCount = 0;

  constructor(tokens: ScanTokens, band: ToldBand) {
    this.#tokens = tokens;
    this.#band = band;
  }

  /** Adds the upper bits of a block whose 64 coefficients begin at `offset`. */
  addFirst(coefficients: Int16Array, offset: number): void {
    const { from, to, low, table } = this.#band;
    let zeros = 0;
    for (let k = from; k <= to; k++) {
      const value = coefficients[offset + k]!;
      const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value) >> low);
      if (size === 0) {
        zeros++;
        continue;
      }
      this.endRun();
      for (; zeros > 15; zeros -= 16) this.#tokens.add(table, 0xf0, 0, 0);
      const bits = Math.abs(value) >> low;
      this.#tokens.add(table, (zeros << 4) | size, value < 0 ? ~bits : bits, size);
      zeros = 0;
    }
    if (zeros > 0 && ++this.#run === LONGEST_RUN) this.endRun();
  }

  /** Adds one more bit of a block. */
  addRefinement(coefficients: Int16Array, offset: number): void {
    const { from, to, low, table } = this.#band;
    let lastFresh = 0;
    for (let k = from; k <= to; k++) {
      if (Math.abs(coefficients[offset + k]!) >> low === 1) lastFresh = k;
    }
    let zeros = 0;
    // Corrections that follow the next symbol lie behind those of the run.
    let start = this.#waitingCount;
    let end = start;
    const tell = (symbol: number, bits: number, size: number) => {
      const [first, last] = [start, end];
      this.#waitingCount = first;
      this.endRun();
      this.#tokens.add(table, symbol, bits, size);
      this.#addWaiting(first, last);
      start = end = 0;
    };
    for (let k = from; k <= to; k++) {
      const value = coefficients[offset + k]!;
      const bits = Math.abs(value) >> low;
      if (bits === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15 && k <= lastFresh; zeros -= 16) tell(0xf0, 0, 0);
      if (bits > 1) {
        this.#waiting[end++] = bits & 1;
        continue;
      }
      tell((zeros << 4) | 1, value < 0 ? 0 : 1, 1);
      zeros = 0;
    }
    if (zeros === 0 && end === start) return;
    this.#waitingCount = end;
    this.#run++;
    if (this.#run === LONGEST_RUN || end > MOST_CORRECTIONS) this.endRun();
  }

  /** Tells the run of empty blocks; to be called after the last block too. */
  endRun(): void {
    if (this.#run === 0) return;
    const size = 31 - Math.clz32(this.#run);
    this.#tokens.add(this.#band.table, size << 4, this.#run, size);
    this.#run = 0;
    this.#addWaiting(0, this.#waitingCount);
    this.#waitingCount = 0;
  }

  #addWaiting(from: number, to: number): void {
    for (let i = from; i < to; i++) this.#tokens.addBits(this.#waiting[i]!, 1);
  }
}
