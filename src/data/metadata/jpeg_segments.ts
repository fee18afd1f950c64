/**
 * The frame of a JPEG file: its segments up to the first scan, and its end.
 * @module
 */
import { joinBytes } from "./join_bytes.ts";

/** One marker segment. */
export interface JpegSegment {
  /** Second byte of the marker; the first is 0xff. */
  readonly marker: number;
  /** Offset of the marker in the file. */
  readonly start: number;
  /** Offset behind the segment. */
  readonly end: number;
  /** Window into the file: what follows marker and length. */
  readonly content: Uint8Array;
}

/** Most bytes that one segment can hold behind its length. */
export const MAX_SEGMENT = 0xffff - 2;

/** Marker of start of scan and end of image. */
const [SCAN, END] = [0xda, 0xd9];

/**
 * Lists the segments in front of the first scan, as far as they are whole.
 *
 * Source: JPEG (ITU T.81) B.1.1.
 */
export function jpegSegments(bytes: Uint8Array): JpegSegment[] {
  const segments: JpegSegment[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === SCAN || marker === END || end < at + 4 || end > bytes.length) break;
    segments.push({ marker, start: at, end, content: bytes.subarray(at + 4, end) });
    at = end;
  }
  return segments;
}

/**
 * Finds the end of the picture. Looking for the two bytes of its marker alone would find those of an embedded
 * thumbnail, so segments and scans are walked.
 *
 * @returns Offset behind the end marker, or undefined if the file is cut short.
 */
export function findJpegEnd(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === END) return at + 2;
    at += 2 + view.getUint16(at + 2);
    if (marker !== SCAN) continue;
    // Inside a scan 0xff is data before 0x00 and a restart marker before 0xd0 to 0xd7.
    for (;;) {
      at = bytes.indexOf(0xff, at);
      if (at < 0) return undefined;
      const next = bytes[at + 1] ?? 0;
      if (next !== 0 && (next < 0xd0 || next > 0xd7)) break;
      at += 2;
    }
  }
  return bytes[at] === 0xff && bytes[at + 1] === END ? at + 2 : undefined;
}

/**
 * Makes a segment.
 *
 * @param marker Second byte of the marker.
 * @throws {RangeError} If the parts have more than {@linkcode MAX_SEGMENT} bytes.
 */
export function jpegSegment(
  marker: number,
  ...parts: readonly ArrayLike<number>[]
): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > MAX_SEGMENT) {
    throw new RangeError(
      `Cannot write a JPEG segment: it has ${length} bytes, must be at most ${MAX_SEGMENT}`,
    );
  }
  return joinBytes([[0xff, marker, (length + 2) >> 8, (length + 2) & 0xff], ...parts]);
}
