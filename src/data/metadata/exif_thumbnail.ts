/**
 * The small picture inside an Exif block. After a picture was changed it still shows what was there before: a face that
 * was taken out of a photograph would go on living in its thumbnail.
 * @module
 */
import {
  type ExifBlock,
  type ExifDirectory,
  openExif,
  pointedDirectory,
  POINTER,
  readDirectory,
  unsignedValue,
} from "./exif_directory.ts";

/** Offset and length of a JPEG thumbnail. */
const [JPEG_OFFSET, JPEG_LENGTH] = [0x0201, 0x0202];
/** Offsets and lengths of the strips of one that is not compressed. */
const [STRIP_OFFSETS, STRIP_LENGTHS] = [0x0111, 0x0117];

/** Directories that are followed behind the first; a block may not lead in circles for ever. */
const MOST_DIRECTORIES = 16;

type Range = readonly [start: number, end: number];

/** True if a block has a directory behind the picture's own: that of a thumbnail. */
export function hasThumbnail(exif: Uint8Array): boolean {
  const block = openExif(exif);
  return block !== undefined && block.main.next !== 0;
}

/**
 * Takes the thumbnail out: its directory is unlinked, and directory, values and picture are overwritten with zeros. The
 * length stays, so that everything else keeps its offset. Values that other tags use as well stay.
 *
 * Previews that a camera hides in its maker note are in nobody's specification and stay.
 *
 * @param exif TIFF block of either byte order.
 * @returns A copy; an unchanged one if there is no thumbnail or the block is damaged.
 */
export function dropThumbnail(exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = exif.slice();
  const block = openExif(copy);
  if (block === undefined || block.main.next === 0) return copy;
  const { view, main } = block;
  const exifDirectory = pointedDirectory(block, main, POINTER.exif);
  const kept = [
    main,
    exifDirectory,
    pointedDirectory(block, main, POINTER.gps),
    exifDirectory && pointedDirectory(block, exifDirectory, POINTER.interoperability),
  ].filter((directory) => directory !== undefined);
  const dropped = chainFrom(block, main.next, new Set(kept.map(({ at }) => at)));

  for (const directory of dropped) {
    erase(copy, [directory.at, Math.min(directory.nextAt + 4, copy.length)]);
    for (const range of valueRanges(directory)) erase(copy, range);
  }
  for (const range of kept.flatMap(valueRanges)) restore(copy, exif, range);
  // The picture itself goes whatever else claims its bytes.
  const opened = { ...block, view: new DataView(exif.buffer, exif.byteOffset, exif.byteLength) };
  for (const directory of dropped) {
    for (const range of pictureRanges(opened, directory)) erase(copy, range);
  }
  restore(copy, exif, [0, 8]);
  for (const { at, nextAt } of kept) restore(copy, exif, [at, Math.min(nextAt + 4, copy.length)]);
  view.setUint32(main.nextAt, 0);
  return copy;
}

/** Directories from an offset on. */
function chainFrom(block: ExifBlock, start: number, seen: Set<number>): ExifDirectory[] {
  const chain: ExifDirectory[] = [];
  for (let at = start; at !== 0 && !seen.has(at) && chain.length < MOST_DIRECTORIES;) {
    const directory = readDirectory(block, at);
    if (directory === undefined) break;
    seen.add(at);
    chain.push(directory);
    at = directory.next;
  }
  return chain;
}

/** Where values lie that do not fit into their entries. */
function valueRanges({ entries }: ExifDirectory): Range[] {
  return entries.filter(({ valueBytes }) => valueBytes > 4).map(({ valueAt, valueBytes }) =>
    [valueAt, valueAt + valueBytes] as const
  );
}

/** Where the thumbnail's own bytes lie. */
function pictureRanges(block: ExifBlock, directory: ExifDirectory): Range[] {
  const ranges: Range[] = [];
  const start = unsignedValue(block, directory, JPEG_OFFSET);
  const length = unsignedValue(block, directory, JPEG_LENGTH);
  if (start !== undefined) ranges.push([start, start + (length ?? 0)]);
  const offsets = unsignedValues(block, directory, STRIP_OFFSETS);
  const lengths = unsignedValues(block, directory, STRIP_LENGTHS);
  for (const [i, offset] of offsets.entries()) ranges.push([offset, offset + (lengths[i] ?? 0)]);
  return ranges;
}

function unsignedValues(
  { view, little }: ExifBlock,
  { entries }: ExifDirectory,
  tag: number,
): number[] {
  const entry = entries.find((candidate) => candidate.tag === tag);
  if (entry === undefined || (entry.type !== 3 && entry.type !== 4)) return [];
  const values: number[] = [];
  const step = entry.type === 3 ? 2 : 4;
  for (let at = entry.valueAt; at < entry.valueAt + entry.valueBytes; at += step) {
    values.push(step === 2 ? view.getUint16(at, little) : view.getUint32(at, little));
  }
  return values;
}

function erase(bytes: Uint8Array, [start, end]: Range): void {
  bytes.fill(0, Math.min(start, bytes.length), Math.min(end, bytes.length));
}

function restore(bytes: Uint8Array, original: Uint8Array, [start, end]: Range): void {
  bytes.set(original.subarray(start, end), start);
}
