/**
 * What a TIFF says beside its pixels. Its EXIF is the file itself: descriptive tags stand among those of the pixels.
 * @module
 */
import { iccColourSpace } from "../metadata/icc_profile.ts";
import type { GridDensity, PictureMetadata } from "../metadata/picture_metadata.ts";
import type { TiffField, TiffSource } from "./tiff_directory.ts";
import { readTiffNumbers } from "./tiff_directory.ts";
import type { TiffLayout } from "./tiff_layout.ts";
import { DIRECTORY_TAGS, layOutTiffTree, readTiffTree } from "./tiff_tree.ts";

/** Tags of blocks that are formats of their own. */
export const BLOCK_TAGS = { icc: 34675, xmp: 700, photoshop: 34377 } as const;

/** Orientation, resolution and its unit: said elsewhere, no reason for an EXIF block. */
export const PLACE_TAGS = {
  orientation: 274,
  xResolution: 282,
  yResolution: 283,
  unit: 296,
} as const;

/**
 * Tags of the first directory that describe the picture: title, description, camera, program, time, people, rating,
 * Windows' own ones and copyright.
 */
const DESCRIPTIVE: ReadonlySet<number> = new Set(
  [
    269,
    270,
    271,
    272,
    285,
    305,
    306,
    315,
    316,
    18246,
    18249,
    33432,
    40091,
    40092,
    40093,
    40094,
    40095,
  ],
);

/** True if a field of the first directory goes with the picture rather than with the way its pixels are stored. */
export function isExifField({ tag }: Pick<TiffField, "tag">): boolean {
  return DESCRIPTIVE.has(tag) || (Object.values(PLACE_TAGS) as number[]).includes(tag);
}

/**
 * Reads EXIF, colour profile, XMP, Photoshop's resources and resolution.
 *
 * @returns `exif` is laid out anew in the byte order of the file; the offsets inside a maker note may then be wrong, as
 * with every program that moves one.
 */
export function readTiffMetadata({ directory, source }: TiffLayout): PictureMetadata {
  const block = (tag: number) => {
    const field = directory.fields.get(tag);
    return field === undefined || field.bytes.length === 0 ? undefined : field.bytes.slice();
  };
  const exif = readExif(source);
  const [icc, xmp, photoshop] = [
    block(BLOCK_TAGS.icc),
    block(BLOCK_TAGS.xmp),
    block(BLOCK_TAGS.photoshop),
  ];
  const density = readDensity(directory.fields, source);
  return {
    ...(exif === undefined ? {} : { exif }),
    ...(icc === undefined || iccColourSpace(icc) === undefined ? {} : { icc }),
    ...(xmp === undefined ? {} : { xmp }),
    ...(photoshop === undefined ? {} : { photoshop }),
    ...density,
  };
}

/** The describing tags as an EXIF block, or undefined if there are none. */
function readExif(source: TiffSource): Uint8Array | undefined {
  const tree = readTiffTree(source, source.first);
  const fields = tree.fields.filter(isExifField);
  const { exif, gps } = DIRECTORY_TAGS;
  const children = new Map([...tree.children].filter(([tag]) => tag === exif || tag === gps));
  if (children.size === 0 && !fields.some(({ tag }) => DESCRIPTIVE.has(tag))) return undefined;
  const body = layOutTiffTree({ fields, children }, { little: source.little, start: 8 });
  const whole = new Uint8Array(8 + body.length);
  whole.set(tiffStart(source.little, 8));
  whole.set(body, 8);
  return whole;
}

/** The eight bytes in front of a TIFF or EXIF block whose first directory is at `first`. */
export function tiffStart(little: boolean, first: number): Uint8Array<ArrayBuffer> {
  const start = new Uint8Array(8);
  const view = new DataView(start.buffer);
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, first, little);
  return start;
}

function readDensity(
  fields: ReadonlyMap<number, TiffField>,
  source: TiffSource,
): { dpi?: GridDensity; aspect?: GridDensity } {
  const x = readRational(fields.get(PLACE_TAGS.xResolution), source);
  const y = readRational(fields.get(PLACE_TAGS.yResolution), source);
  if (x === undefined || y === undefined) return {};
  const unit = readTiffNumbers(source, { field: fields.get(PLACE_TAGS.unit), most: 8 })?.[0] ?? 2;
  if (unit === 2) return { dpi: { x, y } };
  if (unit === 3) return { dpi: { x: x * 2.54, y: y * 2.54 } };
  return x === y ? {} : { aspect: { x, y } };
}

/** First value of a RATIONAL; undefined if it is not a positive number. */
function readRational(
  field: TiffField | undefined,
  { little }: Pick<TiffSource, "little">,
): number | undefined {
  if (field?.type !== 5) return undefined;
  const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, field.bytes.byteLength);
  const value = view.getUint32(0, little) / view.getUint32(4, little);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
