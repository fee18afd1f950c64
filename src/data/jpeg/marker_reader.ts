/**
 * Finds the segments of a JPEG and where its scans end.
 * @module
 */
import { InputError } from "../../errors.ts";

/** A segment inside a file. */
export interface Marker {
  /** Second byte. */
  readonly marker: number;
  /** What follows the two bytes of length; empty for a marker that has none. */
  readonly content: Uint8Array;
  /** First byte behind it. */
  readonly end: number;
}

/** A JPEG that is damaged or of a kind that is not read; `reason` says which, in the words of a message. */
export function jpegError(reason: string): InputError {
  return new InputError(`Cannot read JPEG: ${reason}`);
}

/** Start of image. */
export const IMAGE_START = 0xd8;
/** End of image. */
export const IMAGE_END = 0xd9;
/** Start of scan. */
export const SCAN_START = 0xda;

/**
 * Reads the segment at a byte, fill bytes before it left out.
 *
 * @throws {InputError} If there is none, or it reaches beyond the end of the file.
 *
 * Source: ITU T.81, B.1.1.
 */
export function readMarker(bytes: Uint8Array, at: number): Marker {
  if (at < bytes.length && bytes[at] !== 0xff) {
    throw jpegError(`there is no marker at byte ${at}, the file is damaged`);
  }
  while (bytes[at + 1] === 0xff) at++;
  if (at + 2 > bytes.length) throw cutShort(bytes);
  const marker = bytes[at + 1]!;
  if (marker === IMAGE_START || marker === IMAGE_END) {
    return { marker, content: bytes.subarray(0, 0), end: at + 2 };
  }
  if (at + 4 > bytes.length) throw cutShort(bytes);
  const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd7) || length < 2) {
    throw jpegError(`the marker at byte ${at} has no place there, the file is damaged`);
  }
  const end = at + 2 + length;
  if (end > bytes.length) throw cutShort(bytes);
  return { marker, content: bytes.subarray(at + 4, end), end };
}

function cutShort(bytes: Uint8Array): InputError {
  return jpegError(`file is cut short, it ends after ${bytes.length} bytes`);
}

/** True for a segment of an application or a comment. */
export function isPlainSegment(marker: number): boolean {
  return (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
}

/** Reads `transform` of an Adobe segment; undefined if it is another segment. */
export function readAdobeTransform({ marker, content }: Pick<Marker, "marker" | "content">) {
  const isAdobe = marker === 0xee && content.length >= 12 &&
    String.fromCharCode(...content.subarray(0, 5)) === "Adobe";
  return isAdobe ? content[11]! : undefined;
}

/** Coded data of a scan. */
export interface ScanData {
  /** Without the zeros behind 0xff and without restart markers, then zeros to read on safely. */
  readonly data: Uint8Array;
  /** Where each stretch between restart markers ends in `data`; one entry if there are no such markers. */
  readonly ends: readonly number[];
  /** First byte of the file behind the scan. */
  readonly end: number;
}

/** More than a block can read: 64 codes and numbers of 31 bits at most, and a word. */
const MARGIN = 64 * 4 + 8;

/** Bits are counted in 31-bit integers. */
const MOST_BYTES = 2 ** 28 - MARGIN;

/**
 * Takes a scan out of the file.
 *
 * @param from First byte behind its header.
 * @throws {InputError} If the file ends before it does, or restart markers are missing.
 *
 * Source: ITU T.81, B.1.1.5 and F.1.2.3.
 */
export function readScanData(bytes: Uint8Array, from: number): ScanData {
  const stops: number[] = [];
  let end = from;
  for (;;) {
    end = bytes.indexOf(0xff, end);
    if (end < 0 || end + 1 >= bytes.length) throw cutShort(bytes);
    const next = bytes[end + 1]!;
    if (next === 0xff) {
      end++; // fill byte
      continue;
    }
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) break;
    stops.push(end);
    end += 2;
  }
  if (end - from > MOST_BYTES) throw jpegError("a scan is larger than 256 MB");

  const data = new Uint8Array(end - from + MARGIN);
  const ends: number[] = [];
  let to = 0;
  let at = from;
  for (const stop of stops) {
    const isData = bytes[stop + 1] === 0;
    const part = bytes.subarray(at, isData ? stop + 1 : stop);
    data.set(part, to);
    to += part.length;
    at = stop + 2;
    if (isData) continue;
    if (bytes[stop + 1] !== 0xd0 + ends.length % 8) {
      throw jpegError(`a restart marker is missing before byte ${stop}, the file is damaged`);
    }
    ends.push(to);
  }
  data.set(bytes.subarray(at, end), to);
  ends.push(to + end - at);
  return { data, ends, end };
}
