/**
 * The head of an AV1 picture, which says how much memory a decoder will take.
 * @module
 */

/** What the head says. */
export interface Av1SequenceHeader {
  /** Largest frame in pixels. */
  readonly width: number;
  readonly height: number;
  /** 8, 10 or 12 bits. */
  readonly bitDepth: number;
  /** True if there is no colour. */
  readonly isGrey: boolean;
}

/**
 * Reads the sequence header from the bytes of an `av01` item.
 *
 * @throws {SyntaxError} If there is none in the first units.
 * @throws {RangeError} If it is cut short.
 *
 * Source: AV1 Bitstream and Decoding Process, sections 5.3 to 5.5.
 */
export function readAv1SequenceHeader(unit: Uint8Array): Av1SequenceHeader {
  for (let at = 0, i = 0; i < 16; i++) {
    const head = byteAt(unit, at++);
    if ((head & 4) !== 0) at++; // extension
    let size = unit.length - at;
    if ((head & 2) !== 0) {
      size = 0;
      for (let shift = 0;; shift += 7) {
        const byte = byteAt(unit, at++);
        size += (byte & 127) * 2 ** shift;
        if ((byte & 128) === 0) break;
        if (shift > 42) throw new SyntaxError("AVIF has an AV1 unit of absurd size");
      }
    }
    if (((head >> 3) & 15) === 1) return parse(unit.subarray(at, at + size));
    at += size;
  }
  throw new SyntaxError("AVIF has no AV1 sequence header, the file is damaged");
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError("the AV1 data is cut short");
  return byte;
}

function parse(bytes: Uint8Array): Av1SequenceHeader {
  let at = 0;
  const read = (bits: number) => {
    let value = 0;
    for (let i = 0; i < bits; i++, at++) {
      value = value * 2 + ((byteAt(bytes, at >> 3) >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const profile = read(3);
  read(1); // still_picture
  const isReduced = read(1) === 1;
  if (isReduced) read(5); // level
  else skipOperatingPoints(read);
  const [widthBits, heightBits] = [read(4) + 1, read(4) + 1];
  const [width, height] = [read(widthBits) + 1, read(heightBits) + 1];
  if (!isReduced && read(1) === 1) read(7); // frame numbers
  read(3); // superblock, filter intra, intra edge
  if (!isReduced) {
    read(4); // compound tools
    const hasOrderHint = read(1) === 1;
    if (hasOrderHint) read(2);
    const screenTools = read(1) === 1 ? 2 : read(1);
    if (screenTools > 0 && read(1) === 0) read(1); // integer motion vectors
    if (hasOrderHint) read(3);
  }
  read(3); // superres, cdef, restoration
  const isHigh = read(1) === 1;
  const isTwelve = profile === 2 && isHigh && read(1) === 1;
  const isGrey = profile !== 1 && read(1) === 1;
  return { width, height, bitDepth: isTwelve ? 12 : isHigh ? 10 : 8, isGrey };
}

function skipOperatingPoints(read: (bits: number) => number): void {
  let delayBits = 0;
  let hasDecoderModel = false;
  if (read(1) === 1) { // timing info
    read(32);
    read(32);
    if (read(1) === 1) { // equal picture interval, in Exp-Golomb code
      let zeros = 0;
      while (zeros < 32 && read(1) === 0) zeros++;
      if (zeros < 32) read(zeros);
    }
    hasDecoderModel = read(1) === 1;
    if (hasDecoderModel) {
      delayBits = read(5) + 1;
      read(32);
      read(10);
    }
  }
  const hasDisplayDelay = read(1) === 1;
  for (let points = read(5) + 1; points > 0; points--) {
    read(12);
    if (read(5) > 7) read(1); // level, tier
    if (hasDecoderModel && read(1) === 1) read(2 * delayBits + 1);
    if (hasDisplayDelay && read(1) === 1) read(4);
  }
}
