/**
 * Exif of a picture whose pixels were turned upright or changed in number.
 * @module
 */
import {
  type ExifBlock,
  type ExifDirectory,
  openExif,
  pointedDirectory,
  POINTER,
  unsignedValue,
} from "./exif_directory.ts";

const ORIENTATION = 0x0112;
/** Width and height of the pixels, in the Exif directory. */
const [PIXEL_X, PIXEL_Y] = [0xa002, 0xa003];
/** Tags of the main directory that change places when a picture is turned by a quarter: size, resolution. */
const MAIN_PAIRS = [[0x0100, 0x0101], [0x011a, 0x011b]] as const;
/** The same of the Exif directory: size, resolution of the sensor. */
const EXIF_PAIRS = [[PIXEL_X, PIXEL_Y], [0xa20e, 0xa20f]] as const;

/**
 * Sets the orientation to 1, for pixels that were turned upright by it. Where it was 5 to 8, widths and heights (and
 * resolutions along x and y) change places too.
 *
 * @param exif TIFF block of either byte order.
 * @returns A copy; an unchanged one if there is no orientation or the block is damaged.
 *
 * Source: Exif 2.32, 4.6.4 A and 4.6.5.
 */
export function resetOrientation(exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = exif.slice();
  const block = openExif(copy);
  if (block === undefined) return copy;
  const { view, little, main } = block;
  const orientation = unsignedValue(block, main, ORIENTATION);
  if (orientation === undefined) return copy;
  for (const { tag, type, valueAt } of main.entries) {
    if (tag !== ORIENTATION) continue;
    if (type === 3) view.setUint16(valueAt, 1, little);
    else if (type === 4) view.setUint32(valueAt, 1, little);
  }
  if (orientation < 5 || orientation > 8) return copy;
  for (const pair of MAIN_PAIRS) exchange(copy, main, pair);
  const details = pointedDirectory(block, main, POINTER.exif);
  if (details !== undefined) { for (const pair of EXIF_PAIRS) exchange(copy, details, pair); }
  return copy;
}

/**
 * States another size in pixels where a size is stated.
 *
 * @returns A copy.
 */
export function setExifPixelSize(
  exif: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array<ArrayBuffer> {
  const copy = exif.slice();
  const block = openExif(copy);
  if (block === undefined) return copy;
  const set = (directory: ExifDirectory | undefined, tag: number, value: number) =>
    setUnsigned(block, directory, { tag, value });
  set(block.main, 0x0100, width);
  set(block.main, 0x0101, height);
  const details = pointedDirectory(block, block.main, POINTER.exif);
  set(details, PIXEL_X, width);
  set(details, PIXEL_Y, height);
  return copy;
}

/** Writes a value over that of a tag; a short becomes a long where it must, which needs no room. */
function setUnsigned(
  { view, little }: ExifBlock,
  directory: ExifDirectory | undefined,
  { tag, value }: { readonly tag: number; readonly value: number },
): void {
  const entry = directory?.entries.find((candidate) => candidate.tag === tag);
  if (entry?.count !== 1 || (entry.type !== 3 && entry.type !== 4)) return;
  if (entry.type === 3 && value <= 0xffff) {
    view.setUint16(entry.at + 8, value, little);
    return;
  }
  view.setUint16(entry.at + 2, 4, little);
  view.setUint32(entry.at + 8, value, little);
}

/** Exchanges type, count and value of two tags. */
function exchange(
  block: Uint8Array,
  { entries }: ExifDirectory,
  [first, second]: readonly [number, number],
): void {
  const a = entries.find(({ tag }) => tag === first)?.at;
  const b = entries.find(({ tag }) => tag === second)?.at;
  if (a === undefined || b === undefined) return;
  const ofFirst = block.slice(a + 2, a + 12);
  block.copyWithin(a + 2, b + 2, b + 12);
  block.set(ofFirst, b + 2);
}
