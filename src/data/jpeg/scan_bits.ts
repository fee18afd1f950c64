/**
 * Reads Huffman codes and numbers from the data of a scan.
 * @module
 */
import { jpegError } from "./marker_reader.ts";

/** Bits that are looked up at once; longer codes are rare. */
const LOOKED_UP = 9;

/** A Huffman table made for decoding. */
export interface HuffmanLookup {
  /** By the next nine bits: `length << 8 | symbol`, 0 if the code is longer. */
  readonly short: Uint16Array;
  /** By length: first number of 16 bits that belongs to a longer code. */
  readonly limits: Int32Array;
  /** By length: what leads from the number of the code to its place among the symbols. */
  readonly shifts: Int32Array;
  readonly symbols: Uint8Array;
}

/**
 * Makes a table.
 *
 * @param counts Number of codes of 1 to 16 bits.
 * @param symbols As many as the counts say.
 * @throws {InputError} If the counts are those of no code.
 *
 * Source: ITU T.81, C.2 and F.2.2.3.
 */
export function makeHuffmanLookup(counts: Uint8Array, symbols: Uint8Array): HuffmanLookup {
  const short = new Uint16Array(1 << LOOKED_UP);
  const limits = new Int32Array(17);
  const shifts = new Int32Array(17);
  let code = 0;
  let i = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1]!;
    shifts[length] = i - code;
    if (code + count > 1 << length) throw jpegError("a Huffman table is damaged");
    for (const end = i + count; i < end; i++, code++) {
      if (length > LOOKED_UP) continue;
      const from = code << (LOOKED_UP - length);
      short.fill((length << 8) | symbols[i]!, from, from + (1 << (LOOKED_UP - length)));
    }
    limits[length] = code << (16 - length);
    code <<= 1;
  }
  return { short, limits, shifts, symbols };
}

/** A place in the data of a scan. Nothing is checked while reading; {@linkcode ScanBits.check} is for between blocks. */
export class ScanBits {
  /** Position in bits. */
  at = 0;
  /** End of the readable part, in bytes. */
  end = 0;

  /** @param data With so many bytes behind the end that reading one block from there stays inside. */
  constructor(readonly data: Uint8Array) {}

  /** The next 25 bits and some rubbish below them. */
  peek(): number {
    const { data, at } = this;
    const i = at >> 3;
    const word = (data[i]! << 24) | (data[i + 1]! << 16) | (data[i + 2]! << 8) | data[i + 3]!;
    return word << (at & 7);
  }

  /**
   * Reads the next symbol.
   *
   * @throws {InputError} If the bits are no code of the table.
   */
  symbol({ short, limits, shifts, symbols }: HuffmanLookup): number {
    const word = this.peek();
    const entry = short[word >>> (32 - LOOKED_UP)]!;
    if (entry !== 0) {
      this.at += entry >> 8;
      return entry & 0xff;
    }
    const ahead = word >>> 16;
    for (let length = LOOKED_UP + 1; length <= 16; length++) {
      if (ahead >= limits[length]!) continue;
      this.at += length;
      return symbols[(ahead >> (16 - length)) + shifts[length]!]!;
    }
    throw jpegError("there is a code that its Huffman table does not have, the file is damaged");
  }

  /** Reads a whole number of 0 to 16 bits. */
  take(size: number): number {
    if (size === 0) return 0;
    const value = this.peek() >>> (32 - size);
    this.at += size;
    return value;
  }

  /** Reads a number of 1 to 16 bits that may be negative. Source: ITU T.81, figure F.12. */
  takeSigned(size: number): number {
    const word = this.peek();
    this.at += size;
    const value = word >>> (32 - size);
    return word < 0 ? value : value + 1 - (1 << size);
  }

  /** @throws {InputError} If more has been read than there was. */
  check(): void {
    if (this.at > this.end * 8) throw jpegError("a scan ends too early, the file is damaged");
  }
}
