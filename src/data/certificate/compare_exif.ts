/**
 * Comparing two EXIF blocks by their tags, wherever those stand and in whichever byte order.
 * @module
 */
import { openTiff, type TiffField } from "../tiff/tiff_directory.ts";
import { readTiffTree, type TiffTree } from "../tiff/tiff_tree.ts";

/** Names of tags. */
export interface ExifComparison {
  readonly lost: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Tags that may differ: orientation, and those that say how pixels are stored (size, bits, compression, samples, strips,
 * YCbCr and its like, resolution, which is compared as such), sizes of the Exif directory, padding.
 */
const FREE: ReadonlySet<number> = new Set([
  ...[254, 255, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 296],
  ...[301, 317, 318, 319, 320, 322, 323, 324, 325, 338, 339, 529, 530, 531, 532],
  ...[40962, 40963, 59932],
]);

/** Bytes of the units that change places with the byte order, by type number. */
const UNIT_BYTES: readonly number[] = [0, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8, 4];

/** Names of the directories by the tag that points at them. */
const DIRECTORIES: Readonly<Record<number, string>> = { 34665: "", 34853: "GPS ", 40965: "R98 " };

/**
 * Compares the main directory, Exif, GPS and interoperability; a thumbnail is not looked at.
 *
 * @returns Empty lists if both blocks say the same. A block that cannot be read is one without tags.
 */
export function compareExif(before: Uint8Array, after: Uint8Array): ExifComparison {
  const [wanted, found] = [tagsOf(before), tagsOf(after)];
  const names = [...wanted.keys()];
  return {
    lost: names.filter((name) => !found.has(name)),
    changed: names.filter((name) => found.has(name) && found.get(name) !== wanted.get(name)),
  };
}

/** Tags as text by name. */
function tagsOf(block: Uint8Array): Map<string, string> {
  const tags = new Map<string, string>();
  try {
    const source = openTiff(block);
    collect(readTiffTree(source, source.first), { prefix: "", little: source.little, tags });
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
  }
  return tags;
}

function collect(
  { fields, children }: TiffTree,
  { prefix, little, tags }: {
    readonly prefix: string;
    readonly little: boolean;
    readonly tags: Map<string, string>;
  },
): void {
  for (const field of fields) {
    if (FREE.has(field.tag) && prefix === "") continue;
    tags.set(`Exif ${prefix}tag ${field.tag}`, textOf(field, little));
  }
  for (const [tag, child] of children) {
    collect(child, { prefix: DIRECTORIES[tag] ?? "", little, tags });
  }
}

/** Type and bytes in big-endian order. */
function textOf({ type, bytes }: TiffField, little: boolean): string {
  const unit = UNIT_BYTES[type] ?? 1;
  if (!little || unit === 1) return `${type} ${bytes.toHex()}`;
  const turned = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) turned[i] = bytes[i - (i % unit) + unit - 1 - (i % unit)]!;
  return `${type} ${turned.toHex()}`;
}
