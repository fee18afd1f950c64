/**
 * Writes TIFF: Deflate with horizontal predictor, which every program of this century reads.
 * @module
 */
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { PictureMetadata } from "../metadata/picture_metadata.ts";
import { openTiff, type TiffField } from "./tiff_directory.ts";
import { BLOCK_TAGS, isExifField, PLACE_TAGS, tiffStart } from "./tiff_metadata.ts";
import { layOutTiffTree, readTiffTree, type TiffTree } from "./tiff_tree.ts";

/** What {@linkcode encodeTiff} writes, upright. */
export interface EncodableTiff {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, 0 to 255, colour not multiplied by alpha. */
  readonly rgba: Uint8ClampedArray | Uint8Array;
  /** `[height, width, 4]`, 0 to 65535; where it is given, 16 bits are written and `rgba` is not looked at. */
  readonly rgba16?: Uint16Array;
}

/** Options of {@linkcode encodeTiff}. */
export interface EncodeTiffOptions {
  /** True writes alpha, not multiplied into the colours. */
  readonly keepAlpha: boolean;
  /**
   * True writes red as grey; the caller knows that the colours are equal.
   * @default false
   */
  readonly isGrey?: boolean;
  /**
   * `exif` (its first directory, Exif and GPS, no thumbnail), `icc`, `xmp`, `photoshop` and `dpi` or `aspect` are
   * written. The orientation that `exif` names is written as 1.
   * @default none
   */
  readonly metadata?: PictureMetadata;
}

/** zlib level, as for PNG: a quarter less time than 6 for one per cent more bytes. */
const LEVEL = 3;
/** Bytes of a strip before compression, so that readers need little memory. */
const STRIP_BYTES = 2 ** 18;
/** Offsets have 32 bits; room is left for what stands around the pixels. */
const MOST_BYTES = 2 ** 32 - 2 ** 26;

/**
 * Encodes a picture without loss; the same pixels give the same bytes.
 *
 * @throws {RangeError} If an array does not fit the size, or the picture needs more than 4 GiB.
 *
 * Source: TIFF 6.0, sections 2 to 8, 14, 18; Adobe's Photoshop TIFF notes (Deflate).
 */
export async function encodeTiff(
  image: EncodableTiff,
  options: EncodeTiffOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, rgba, rgba16 } = image;
  const { keepAlpha, isGrey = false, metadata = {} } = options;
  const pixels = rgba16 ?? rgba;
  if (!(width >= 1 && height >= 1) || pixels.length !== width * height * 4) {
    throw new RangeError(
      `Cannot encode image: it has ${pixels.length} values, ${width}x${height} needs ${
        width * height * 4
      }`,
    );
  }
  const bits = rgba16 === undefined ? 8 : 16;
  const kept = [...(isGrey ? [0] : [0, 1, 2]), ...(keepAlpha ? [3] : [])];
  const rowBytes = (width * kept.length * bits) / 8;
  if (rowBytes * height > MOST_BYTES) {
    throw new RangeError(`Cannot encode image as TIFF: ${width}x${height} needs more than 4 GiB`);
  }
  const exif = readExif(metadata.exif);
  const { little } = exif;
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_BYTES / rowBytes)));
  const parts = Array.from({ length: Math.ceil(height / rows) }, (_, i) => {
    const part = pixels.subarray(i * rows * width * 4, (i + 1) * rows * width * 4);
    return differences(part, { width, kept, little });
  });
  const strips = await Promise.all(parts.map((part) => promisify(deflate)(part, { level: LEVEL })));

  const offsets: number[] = [];
  let end = 8;
  for (const { length } of strips) {
    offsets.push(end);
    end += length + (length & 1);
  }
  const { short, long, bytes } = fieldWriters(little);
  const fields: TiffField[] = [
    long(256, [width]),
    long(257, [height]),
    short(258, kept.map(() => bits)),
    short(259, [8]),
    short(262, [isGrey ? 1 : 2]),
    long(273, offsets),
    short(PLACE_TAGS.orientation, [1]),
    short(277, [kept.length]),
    long(278, [rows]),
    long(279, strips.map(({ length }) => length)),
    short(284, [1]),
    short(317, [2]),
    ...(keepAlpha ? [short(338, [2])] : []),
    ...densityFields(metadata, exif),
  ];
  for (const name of ["icc", "xmp", "photoshop"] as const) {
    const block = metadata[name];
    if (block !== undefined) fields.push(bytes(BLOCK_TAGS[name], name === "xmp" ? 1 : 7, block));
  }
  const taken = new Set(fields.map(({ tag }) => tag));
  fields.push(...exif.tree.fields.filter((field) => isExifField(field) && !taken.has(field.tag)));
  const directory = layOutTiffTree({ fields, children: exif.tree.children }, {
    little,
    start: end,
  });

  const whole = new Uint8Array(end + directory.length);
  whole.set(tiffStart(little, end));
  for (const [i, strip] of strips.entries()) whole.set(strip, offsets[i]!);
  whole.set(directory, end);
  return whole;
}

interface ExifTree {
  readonly little: boolean;
  readonly tree: TiffTree;
}

/** The block as a tree. The file takes its byte order, so that no value has to be turned. */
function readExif(block: Uint8Array | undefined): ExifTree {
  const none = { little: true, tree: { fields: [], children: new Map<number, TiffTree>() } };
  if (block === undefined) return none;
  try {
    const source = openTiff(block);
    return { little: source.little, tree: readTiffTree(source, source.first) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return none;
    throw error;
  }
}

/** The kept channels, each as difference to the pixel at its left, in the byte order of the file. */
function differences(
  pixels: Uint8ClampedArray | Uint8Array | Uint16Array,
  { width, kept, little }: {
    readonly width: number;
    readonly kept: readonly number[];
    readonly little: boolean;
  },
): Uint8Array {
  const count = (pixels.length / 4) * kept.length;
  const values = pixels instanceof Uint16Array ? new Uint16Array(count) : new Uint8Array(count);
  for (const [place, channel] of kept.entries()) {
    let to = place;
    for (let start = channel; start < pixels.length; start += width * 4) {
      let left = 0;
      for (let at = start; at < start + width * 4; at += 4, to += kept.length) {
        values[to] = pixels[at]! - left; // wraps around
        left = pixels[at]!;
      }
    }
  }
  if (values instanceof Uint8Array) return values;
  const bytes = new Uint8Array(count * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) view.setUint16(2 * i, values[i]!, little);
  return bytes;
}

/** Resolution: that of the EXIF block as it stands if it says the same, else a new one. */
function densityFields({ dpi, aspect }: PictureMetadata, { tree, little }: ExifTree): TiffField[] {
  const density = dpi ?? aspect;
  if (density === undefined) return [];
  const unit = dpi === undefined ? 1 : 2;
  const { short, rational } = fieldWriters(little);
  const isSaid =
    ([[PLACE_TAGS.xResolution, density.x], [PLACE_TAGS.yResolution, density.y]] as const)
      .every(([tag, wanted]) => {
        const bytes = tree.fields.find((field) => field.tag === tag && field.type === 5)?.bytes;
        if (bytes === undefined) return false;
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        return Math.abs(view.getUint32(0, little) / view.getUint32(4, little) - wanted) < 1e-4;
      });
  const hasUnit = tree.fields.some((field) =>
    field.tag === PLACE_TAGS.unit && field.bytes[little ? 0 : 1] === unit
  );
  if (isSaid && hasUnit) return [];
  return [
    rational(PLACE_TAGS.xResolution, density.x),
    rational(PLACE_TAGS.yResolution, density.y),
    short(PLACE_TAGS.unit, [unit]),
  ];
}

/** Makers of fields in one byte order. */
function fieldWriters(little: boolean) {
  const numbers = (tag: number, type: 3 | 4, values: readonly number[]): TiffField => {
    const size = type === 3 ? 2 : 4;
    const bytes = new Uint8Array(values.length * size);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) {
      if (type === 3) view.setUint16(i * size, value, little);
      else view.setUint32(i * size, value, little);
    }
    return { tag, type, count: values.length, bytes };
  };
  return {
    short: (tag: number, values: readonly number[]) => numbers(tag, 3, values),
    long: (tag: number, values: readonly number[]) => numbers(tag, 4, values),
    rational: (tag: number, value: number): TiffField => {
      const scale = Number.isInteger(value) ? 1 : 10000;
      const { bytes } = numbers(tag, 4, [Math.round(value * scale), scale]);
      return { tag, type: 5, count: 1, bytes };
    },
    bytes: (tag: number, type: 1 | 7, value: Uint8Array): TiffField => (
      { tag, type, count: value.length, bytes: value }
    ),
  };
}
