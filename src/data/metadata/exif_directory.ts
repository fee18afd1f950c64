/**
 * The directories of an Exif block, a small TIFF file: where each tag stands, for reading and for edits in place.
 * @module
 */

/** Twelve bytes about one tag. */
export interface ExifEntry {
  readonly tag: number;
  /** TIFF type: 1 byte, 2 text, 3 short, 4 long, 5 rational, 7 any, and signed ones. */
  readonly type: number;
  readonly count: number;
  /** Offset of the entry. */
  readonly at: number;
  /** Offset and length of its values, inside the entry if they have at most four bytes. */
  readonly valueAt: number;
  readonly valueBytes: number;
}

/** A list of tags. */
export interface ExifDirectory {
  /** Offset of the directory. */
  readonly at: number;
  /** Offset behind its last entry, where the offset of the next directory stands. */
  readonly nextAt: number;
  /** Offset of the next directory; 0 if there is none. */
  readonly next: number;
  readonly entries: readonly ExifEntry[];
}

/** An Exif block that has been opened. */
export interface ExifBlock {
  readonly view: DataView;
  readonly little: boolean;
  /** The directory that speaks of the picture. */
  readonly main: ExifDirectory;
}

/** Bytes per value by TIFF type. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Tags of entries that point at further directories. */
export const POINTER = { exif: 0x8769, gps: 0x8825, interoperability: 0xa005 } as const;

/** True if a block begins like TIFF. */
export function isExif(tiff: Uint8Array): boolean {
  const [a, b, c, d] = tiff;
  return tiff.length >= 8 &&
    ((a === 0x49 && b === 0x49 && c === 42 && d === 0) ||
      (a === 0x4d && b === 0x4d && c === 0 && d === 42));
}

/**
 * Opens a block.
 *
 * @returns Undefined if it is none, or its first directory does not lie inside.
 *
 * Source: TIFF 6.0, section 2; Exif 2.32, section 4.6.
 */
export function openExif(tiff: Uint8Array): ExifBlock | undefined {
  if (!isExif(tiff)) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  const main = readDirectory({ view, little }, view.getUint32(4, little));
  return main === undefined ? undefined : { view, little, main };
}

/** Reads the directory at an offset; undefined if it does not lie inside the block. */
export function readDirectory(
  { view, little }: Pick<ExifBlock, "view" | "little">,
  at: number,
): ExifDirectory | undefined {
  if (at < 8 || at + 2 > view.byteLength) return undefined;
  const count = view.getUint16(at, little);
  const nextAt = at + 2 + 12 * count;
  if (nextAt > view.byteLength) return undefined;
  const entries: ExifEntry[] = [];
  for (let entry = at + 2; entry < nextAt; entry += 12) {
    const type = view.getUint16(entry + 2, little);
    const values = view.getUint32(entry + 4, little);
    const valueBytes = values * (TYPE_BYTES[type] ?? 0);
    const valueAt = valueBytes <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    const isInside = valueAt + valueBytes <= view.byteLength;
    entries.push({
      tag: view.getUint16(entry, little),
      type,
      count: values,
      at: entry,
      valueAt,
      valueBytes: isInside ? valueBytes : 0,
    });
  }
  // Some writers leave the last offset out where the block ends.
  const next = nextAt + 4 <= view.byteLength ? view.getUint32(nextAt, little) : 0;
  return { at, nextAt, next, entries };
}

/** The directory that an entry of another one points at. */
export function pointedDirectory(
  block: Pick<ExifBlock, "view" | "little">,
  directory: ExifDirectory,
  tag: number,
): ExifDirectory | undefined {
  const at = unsignedValue(block, directory, tag);
  return at === undefined ? undefined : readDirectory(block, at);
}

/** The only value of a short or long tag; undefined if there is none. */
export function unsignedValue(
  { view, little }: Pick<ExifBlock, "view" | "little">,
  { entries }: ExifDirectory,
  tag: number,
): number | undefined {
  const entry = entries.find((candidate) => candidate.tag === tag);
  if (entry?.count !== 1 || (entry.type !== 3 && entry.type !== 4)) return undefined;
  return entry.type === 3
    ? view.getUint16(entry.valueAt, little)
    : view.getUint32(entry.valueAt, little);
}
