/**
 * Directories with those they point at (Exif, GPS, interoperability), read as a tree and laid out anew, so that they
 * can move from a file into an EXIF block and back.
 * @module
 */
import { readTiffDirectory, type TiffField, type TiffSource } from "./tiff_directory.ts";

/** A directory and what hangs on it. */
export interface TiffTree {
  /** Fields that are values; those that point at directories are in `children`. */
  readonly fields: readonly TiffField[];
  /** Directories by the tag that points at them. */
  readonly children: ReadonlyMap<number, TiffTree>;
}

/** Tags whose value is the offset of another directory. */
export const DIRECTORY_TAGS = { exif: 34665, gps: 34853, interoperability: 40965 } as const;

/**
 * Reads a directory and its children; a child that is damaged is left out.
 *
 * @param at Offset of the directory.
 * @throws {RangeError} If the directory itself lies outside.
 */
export function readTiffTree(source: TiffSource, at: number, depth = 0): TiffTree {
  const { fields } = readTiffDirectory(source, at);
  const children = new Map<number, TiffTree>();
  const values: TiffField[] = [];
  for (const field of fields.values()) {
    if (!(Object.values(DIRECTORY_TAGS) as number[]).includes(field.tag)) {
      values.push(field);
      continue;
    }
    if (depth >= 2 || field.bytes.length !== 4) continue;
    const { bytes } = field;
    const offset = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, source.little);
    try {
      children.set(field.tag, readTiffTree(source, offset, depth + 1));
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    }
  }
  return { fields: values, children };
}

/**
 * Lays a tree out: the directory with its fields in order of their tags, then its values, then its children.
 *
 * @param start Offset in the file at which the bytes will stand; even, as TIFF wants it.
 * @returns An even number of bytes. Values must be in the byte order that `little` names.
 */
export function layOutTiffTree(
  { fields, children }: TiffTree,
  { little, start }: { readonly little: boolean; readonly start: number },
): Uint8Array<ArrayBuffer> {
  const even = (length: number) => length + (length & 1);
  const entries = [
    ...fields.map((field) => ({ ...field, child: undefined })),
    ...[...children].map(([tag, child]) => ({ tag, type: 4, count: 1, bytes: EMPTY, child })),
  ].sort((a, b) => a.tag - b.tag);
  const head = 2 + 12 * entries.length + 4;
  const parts: Uint8Array[] = [];
  let end = head;
  const directory = new Uint8Array(head);
  const view = new DataView(directory.buffer);
  view.setUint16(0, entries.length, little);
  for (const [i, { tag, type, count, bytes, child }] of entries.entries()) {
    const at = 2 + 12 * i;
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, type, little);
    view.setUint32(at + 4, count, little);
    const outside = child === undefined
      ? bytes
      : layOutTiffTree(child, { little, start: start + end });
    if (child === undefined && bytes.length <= 4) {
      directory.set(bytes, at + 8);
      continue;
    }
    view.setUint32(at + 8, start + end, little);
    parts.push(outside);
    end += even(outside.length);
  }
  const whole = new Uint8Array(end);
  whole.set(directory);
  let to = head;
  for (const part of parts) {
    whole.set(part, to);
    to += even(part.length);
  }
  return whole;
}

const EMPTY = new Uint8Array();
