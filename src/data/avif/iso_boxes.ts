/**
 * The boxes of the ISO base media file format, of which AVIF is made.
 * @module
 */

/** One box. */
export interface IsoBox {
  /** Four characters. */
  readonly type: string;
  /** Offset of its content. */
  readonly start: number;
  /** Offset behind its content. */
  readonly end: number;
}

/** Boxes that are read in one place at most; real files have a few dozen. */
const MOST_BOXES = 10_000;

/**
 * Lists the boxes that lie side by side between two offsets.
 *
 * @param end Offset behind the last one, at most the length of the file.
 * @throws {RangeError} If one reaches over `end`: the file is cut short.
 * @throws {SyntaxError} If one is smaller than its own head, or there are too many.
 *
 * Source: ISO/IEC 14496-12, section 4.2.
 */
export function listIsoBoxes(
  view: DataView,
  { start, end }: { readonly start: number; readonly end: number },
): IsoBox[] {
  const boxes: IsoBox[] = [];
  for (let at = start; at < end;) {
    if (end - at < 8) throw new RangeError("a box ends behind its place");
    let size = view.getUint32(at);
    let head = 8;
    const type = String.fromCharCode(...bytesOf(view, at + 4, 4));
    if (size === 1) {
      head = 16;
      size = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12);
    } else if (size === 0) size = end - at; // up to the end
    if (size < head || boxes.length >= MOST_BOXES) {
      throw new SyntaxError(`AVIF has a box of ${size} bytes at byte ${at}, the file is damaged`);
    }
    if (at + size > end) throw new RangeError("a box ends behind its place");
    boxes.push({ type, start: at + head, end: at + size });
    at += size;
  }
  return boxes;
}

/** A window of the bytes behind a view. */
export function bytesOf(view: DataView, start: number, length: number): Uint8Array {
  if (start + length > view.byteLength) throw new RangeError("the file ends early");
  return new Uint8Array(view.buffer, view.byteOffset + start, length);
}
