/**
 * What a scan says, before it is known which bits say it.
 * @module
 */
import type { HuffmanCode } from "./huffman_code.ts";

/** Tokens in the first piece of memory and in the largest ones; each is twice as large as the one before. */
const [FIRST_PIECE, LARGEST_PIECE] = [1 << 12, 1 << 18];

/** No symbol, only bits. */
const RAW = 0x100;

/**
 * Symbols of up to four Huffman tables with the bits that follow them, in order, and how often each occurs.
 * So one pass over the picture is enough for codes made to measure.
 */
export class ScanTokens {
  /** Occurrences, `[4, 256]`: tables by symbols. */
  readonly frequencies: Uint32Array = new Uint32Array(4 * 256);
  #full: Uint32Array[] = [];
  #piece = new Uint32Array(FIRST_PIECE);
  #count = 0;

  /**
   * Adds a symbol and what follows it.
   *
   * @param table 0 to 3.
   * @param symbol 0 to 255.
   * @param bits Value whose lowest `size` bits follow, highest first.
   * @param size 0 to 16.
   */
  add(table: number, symbol: number, bits: number, size: number): void {
    this.frequencies[(table << 8) | symbol]!++;
    this.#push((bits << 16) | (table << 14) | (size << 9) | symbol);
  }

  /** Adds bits alone, see {@linkcode add}. */
  addBits(bits: number, size: number): void {
    this.#push((bits << 16) | (size << 9) | RAW);
  }

  #push(token: number): void {
    if (this.#count === this.#piece.length) {
      this.#full.push(this.#piece);
      this.#piece = new Uint32Array(Math.min(2 * this.#count, LARGEST_PIECE));
      this.#count = 0;
    }
    this.#piece[this.#count++] = token;
  }

  /**
   * Writes all tokens, filled up with ones to a whole byte, 0xff followed by 0x00.
   *
   * @param codes By table; those without a symbol may be missing.
   *
   * Source: ITU T.81, F.1.2.3.
   */
  encode(codes: readonly (HuffmanCode | undefined)[]): Uint8Array<ArrayBuffer> {
    const table = new Uint32Array(4 * 256);
    codes.forEach((code, i) => code && table.set(code.codes, i << 8));
    const pieces = [...this.#full, this.#piece.subarray(0, this.#count)];
    const bytes = new Uint8Array(2 * Math.ceil(this.#countBits(table, pieces) / 8) + 2);
    let at = 0;
    let waiting = 0;
    let waitingSize = 0;
    for (const piece of pieces) {
      for (let i = 0; i < piece.length; i++) {
        const token = piece[i]!;
        const size = (token >>> 9) & 31;
        if ((token & RAW) === 0) {
          const entry = table[((token >>> 6) & 0x300) | (token & 0xff)]!;
          waiting = (waiting << (entry & 31)) | (entry >>> 5);
          waitingSize += entry & 31;
          while (waitingSize >= 8) {
            waitingSize -= 8;
            const byte = (waiting >>> waitingSize) & 0xff;
            bytes[at++] = byte;
            if (byte === 0xff) at++;
          }
        }
        if (size === 0) continue;
        waiting = (waiting << size) | ((token >>> 16) & ((1 << size) - 1));
        waitingSize += size;
        while (waitingSize >= 8) {
          waitingSize -= 8;
          const byte = (waiting >>> waitingSize) & 0xff;
          bytes[at++] = byte;
          if (byte === 0xff) at++;
        }
      }
    }
    if (waitingSize > 0) {
      const rest = 8 - waitingSize;
      const byte = ((waiting << rest) | ((1 << rest) - 1)) & 0xff;
      bytes[at++] = byte;
      if (byte === 0xff) at++;
    }
    return bytes.slice(0, at);
  }

  #countBits(table: Uint32Array, pieces: readonly Uint32Array[]): number {
    let bits = 0;
    for (let i = 0; i < table.length; i++) bits += (table[i]! & 31) * this.frequencies[i]!;
    for (const piece of pieces) {
      for (let i = 0; i < piece.length; i++) bits += (piece[i]! >>> 9) & 31;
    }
    return bits;
  }
}
