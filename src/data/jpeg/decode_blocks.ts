/**
 * Single blocks out of the data of a scan, of each kind that a JPEG has.
 * @module
 */
import { jpegError } from "./marker_reader.ts";
import type { HuffmanLookup, ScanBits } from "./scan_bits.ts";

/** Larger mean values could not be written again, and no picture of 8 bits has them. */
const LARGEST_DC = 16383;

/** A part of the frequencies and of their bits. */
export interface ScanBand {
  /** First frequency, in zigzag order. */
  readonly from: number;
  /** Last frequency. */
  readonly to: number;
  /** Lowest bit that the scan tells. */
  readonly low: number;
}

/**
 * Reads a whole block.
 *
 * @param previousDc The component's last mean value.
 * @returns The mean value.
 * @throws {InputError} If the data is damaged.
 *
 * Source: ITU T.81, F.2.2.
 */
export function decodeSequentialBlock(
  bits: ScanBits,
  tables: { dc: HuffmanLookup; ac: HuffmanLookup },
  coefficients: Int16Array,
  offset: number,
  previousDc: number,
): number {
  const dc = readDc(bits, tables.dc, previousDc);
  coefficients[offset] = dc;
  const { ac } = tables;
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(ac);
    const size = symbol & 15;
    if (size !== 0) {
      k += symbol >> 4;
      if (k > 63) throw tooMany();
      coefficients[offset + k] = bits.takeSigned(size);
    } else if (symbol === 0xf0) k += 15;
    else break;
  }
  bits.check();
  return dc;
}

function readDc(bits: ScanBits, table: HuffmanLookup, previousDc: number): number {
  const size = bits.symbol(table);
  const dc = size === 0 ? previousDc : previousDc + bits.takeSigned(size);
  if (dc > LARGEST_DC || dc < -LARGEST_DC) {
    throw jpegError("a coefficient is too large, the file is damaged");
  }
  return dc;
}

function tooMany() {
  return jpegError("a block has more than 64 coefficients, the file is damaged");
}

/**
 * Reads the upper bits of a block's mean value.
 *
 * @returns The mean value without its lower bits, shifted down.
 * @throws {InputError} If the data is damaged.
 *
 * Source: ITU T.81, G.1.2.1.
 */
export function decodeDcFirst(
  bits: ScanBits,
  table: HuffmanLookup,
  { low }: ScanBand,
  coefficients: Int16Array,
  offset: number,
  previousDc: number,
): number {
  const dc = readDc(bits, table, previousDc);
  coefficients[offset] = dc << low;
  if (coefficients[offset] !== dc << low) {
    throw jpegError("a coefficient is too large, the file is damaged");
  }
  bits.check();
  return dc;
}

/** Reads one more bit of a block's mean value. Source: ITU T.81, G.1.2.1. */
export function decodeDcRefine(
  bits: ScanBits,
  { low }: ScanBand,
  coefficients: Int16Array,
  offset: number,
): void {
  if (bits.take(1) === 1) coefficients[offset]! |= 1 << low;
  bits.check();
}

/**
 * Reads the upper bits of a band.
 *
 * @param skip So many blocks, this one among them, hold nothing more.
 * @returns `skip` for the next block.
 * @throws {InputError} If the data is damaged.
 *
 * Source: ITU T.81, G.1.2.2.
 */
export function decodeAcFirst(
  bits: ScanBits,
  table: HuffmanLookup,
  { from, to, low }: ScanBand,
  coefficients: Int16Array,
  offset: number,
  skip: number,
): number {
  if (skip > 0) return skip - 1;
  let rest = 0;
  for (let k = from; k <= to; k++) {
    const symbol = bits.symbol(table);
    const size = symbol & 15;
    const run = symbol >> 4;
    if (size !== 0) {
      k += run;
      if (k > to) throw tooMany();
      const value = bits.takeSigned(size) * (1 << low);
      if (value > 32767 || value < -32767) {
        throw jpegError("a coefficient is too large, the file is damaged");
      }
      coefficients[offset + k] = value;
    } else if (run === 15) k += 15;
    else {
      rest = (1 << run) - 1 + bits.take(run);
      break;
    }
  }
  bits.check();
  return rest;
}

/**
 * Reads one more bit of each coefficient of a band, and those that appear with it.
 *
 * @param skip So many blocks, this one among them, have no new coefficients.
 * @returns `skip` for the next block.
 * @throws {InputError} If the data is damaged.
 *
 * Source: ITU T.81, G.1.2.3; libjpeg, jdphuff.c, `decode_mcu_AC_refine`.
 */
export function decodeAcRefine(
  bits: ScanBits,
  table: HuffmanLookup,
  { from, to, low }: ScanBand,
  coefficients: Int16Array,
  offset: number,
  skip: number,
): number {
  const one = 1 << low;
  const end = offset + to;
  let at = offset + from;
  for (; skip === 0 && at <= end; at++) {
    const symbol = bits.symbol(table);
    let run = symbol >> 4;
    let fresh = 0;
    if ((symbol & 15) === 1) fresh = bits.take(1) === 1 ? one : -one;
    else if ((symbol & 15) !== 0) throw jpegError("a refined scan is damaged");
    else if (run < 15) {
      skip = (1 << run) + bits.take(run);
      break;
    }
    for (; at <= end; at++) {
      if (coefficients[at] !== 0) refine(bits, coefficients, at, one);
      else if (--run < 0) break;
    }
    if (fresh === 0) continue;
    if (at > end) throw tooMany();
    coefficients[at] = fresh;
  }
  if (skip > 0) {
    for (; at <= end; at++) if (coefficients[at] !== 0) refine(bits, coefficients, at, one);
    skip--;
  }
  bits.check();
  return skip;
}

function refine(bits: ScanBits, coefficients: Int16Array, at: number, one: number): void {
  if (bits.take(1) === 0) return;
  const value = coefficients[at]!;
  coefficients[at] = value < 0 ? value - one : value + one;
}
