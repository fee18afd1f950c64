/**
 * Turns the bytes of an image file into pixels, or says why that is not possible.
 * @module
 */
import { InputError } from "../errors.ts";
import { decodePlainPng } from "./decode_plain_png.ts";
import { applyOrientation, type RgbaPixels } from "./exif_orientation.ts";
import { findDamage } from "./file_damage.ts";
import { type ImageFormat, readImageHeader } from "./image_header.ts";
import type { PictureMetadata } from "./metadata/picture_metadata.ts";
import { readMetadata } from "./metadata/read_metadata.ts";
import { uprightMetadata } from "./metadata/upright_metadata.ts";
import { pngChunks } from "./metadata/png_chunks.ts";
import {
  type ColourSpace,
  FIRST_FRAME,
  loadDecoder,
  pngColourSpace,
  type StoredPicture,
} from "./stored_picture.ts";

/** A picture in memory and where it came from. */
export interface DecodedImage extends RgbaPixels {
  /** Format of the file. */
  readonly format: ImageFormat;
  /** True if the file may hold transparent pixels; if false, alpha is 255 everywhere. */
  readonly hasAlpha: boolean;
  /** Bits per channel in the file. Those of 16 bits are in `rgba16`, and the upper 8 of them in `rgba`. */
  readonly bitDepth: number;
  /** True if an EXIF orientation turned or mirrored the stored pixels. */
  readonly orientationApplied: boolean;
  /** What the samples of the file mean; `rgba` is RGB whatever they are. */
  readonly colourSpace: ColourSpace;
  /** True if the file is stored as grey, with or without alpha. */
  readonly isGrey: boolean;
  /**
   * What the file says beside its pixels, in copies, for the pixels as they are here: where they were turned, the
   * orientation is 1 and widths and heights have changed places. The profile of a CMYK file is left out.
   */
  readonly metadata: PictureMetadata;
  /** What was left out of the picture, such as further pages of a TIFF: one sentence each, without the file's name. */
  readonly warnings: readonly string[];
}

/** Options of {@linkcode decodeImage}. */
export interface DecodeImageOptions {
  /** File name for messages. */
  readonly name: string;
  /**
   * Largest accepted number of pixels. It is compared with the header before anything is decoded, so that
   * a small file cannot fill the memory.
   * @default 178_000_000
   */
  readonly maxPixels?: number;
  /**
   * False leaves `rgba16` out, which takes twice the memory of `rgba`.
   * @default true
   */
  readonly sixteenBits?: boolean;
}

const LABELS: Readonly<Record<ImageFormat, string>> = {
  png: "PNG",
  jpeg: "JPEG",
  webp: "WebP",
  gif: "GIF",
  tiff: "TIFF",
  avif: "AVIF",
  bmp: "BMP",
};

/**
 * Decodes a PNG, JPEG, WebP, AVIF, BMP, the first page of a TIFF or the first frame of a GIF; the content decides
 * which, not the name.
 *
 * Colours are the stored ones: no colour profile and no gamma is applied, nothing is multiplied by alpha.
 * The colour under alpha 0 is kept in PNG, TIFF and lossless WebP. A picture is turned upright by the EXIF orientation that
 * `readImageHeader` finds.
 *
 * @param bytes The whole file.
 * @throws {InputError} If the file is no such image, is cut short, fails a checksum, cannot be decoded or
 * has more than `maxPixels` pixels.
 */
export async function decodeImage(
  bytes: Uint8Array,
  options: DecodeImageOptions,
): Promise<DecodedImage> {
  const { name, maxPixels = 178_000_000, sixteenBits = true } = options;
  const header = readImageHeader(bytes, { name });
  const { format, width, height, hasAlpha, bitDepth, orientation } = header;
  const fail = (reason: string, cause?: unknown) =>
    new InputError(`Cannot read image ${JSON.stringify(name)}: ${reason}`, { cause });

  if (width * height > maxPixels) {
    const size = `${width}x${height} is ${width * height} pixels`;
    throw fail(`${size}, must be at most ${maxPixels}`);
  }
  const damage = findDamage(bytes, format);
  if (damage !== undefined) throw fail(damage);

  const stored = await decodeStored(bytes, { format, sixteenBits, fail });
  if (stored.width !== width || stored.height !== height) {
    const decoded = `${stored.width}x${stored.height}`;
    throw fail(`its header says ${width}x${height}, its data is ${decoded}`);
  }
  const { colourSpace } = stored;
  const isAnimated = format === "png" && pngChunks(bytes).some(({ type }) => type === "acTL");
  const warnings = [...stored.warnings ?? [], ...isAnimated ? [FIRST_FRAME] : []];
  return {
    ...withoutExtras(applyOrientation(stored, orientation), sixteenBits),
    format,
    hasAlpha,
    bitDepth,
    orientationApplied: orientation !== 1,
    colourSpace,
    isGrey: colourSpace === "grey",
    metadata: metadataOf(bytes, { format, colourSpace, orientation }),
    warnings,
  };
}

/** Pixels alone, with 16 bits where they are wanted. */
function withoutExtras(
  { width, height, rgba, rgba16 }: RgbaPixels,
  sixteenBits: boolean,
): RgbaPixels {
  const hides16 = rgba16 === undefined || !sixteenBits;
  return hides16 ? { width, height, rgba } : { width, height, rgba, rgba16 };
}

interface StoredOptions {
  readonly format: ImageFormat;
  readonly sixteenBits: boolean;
  fail(reason: string, cause?: unknown): InputError;
}

async function decodeStored(
  bytes: Uint8Array,
  { format, sixteenBits, fail }: StoredOptions,
): Promise<StoredPicture> {
  // The common kinds of PNG need no decoder to be loaded.
  const plain = format === "png" ? await decodePlainPng(bytes, { sixteenBits }) : undefined;
  if (plain !== undefined) return { ...plain, colourSpace: pngColourSpace(bytes) };
  const decode = await loadDecoder(format).catch((cause) => {
    throw fail(`its ${LABELS[format]} decoder cannot be loaded: ${messageOf(cause)}`, cause);
  });
  try {
    return await decode(bytes);
  } catch (cause) {
    const tellsWhy = cause instanceof SyntaxError && ["tiff", "avif", "bmp"].includes(format);
    if (tellsWhy) throw fail(cause.message, cause);
    throw fail(`its ${LABELS[format]} data is damaged or cut short`, cause);
  }
}

function metadataOf(
  bytes: Uint8Array,
  { format, colourSpace, orientation }: {
    readonly format: ImageFormat;
    readonly colourSpace: ColourSpace;
    readonly orientation: number;
  },
): PictureMetadata {
  const metadata = uprightMetadata(readMetadata(bytes, format), orientation);
  if (colourSpace !== "cmyk") return metadata;
  const { icc: _, ...rest } = metadata; // it speaks of inks, which are mixed
  return rest;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
