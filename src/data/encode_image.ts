/**
 * Turns pixels into the bytes of an image file.
 * @module
 */
import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";
import type { Image } from "imagescript";
import { InputError } from "../errors.ts";

/** File formats that are written. */
export type OutputFormat = "png" | "jpeg" | "webp";

/** What {@linkcode encodeImage} writes. */
export interface EncodableImage {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, row-major, red first, 0 to 255, colour not multiplied by alpha. */
  readonly rgba: Uint8ClampedArray | Uint8Array;
}

/** Options of {@linkcode encodeImage}. */
export interface EncodeImageOptions {
  readonly format: OutputFormat;
  /**
   * Whole number, 1 (small) to 100 (faithful). PNG ignores it. For WebP a given quality means lossy compression.
   * @default 95 for JPEG, lossless for WebP
   */
  readonly quality?: number;
  /** True writes alpha as it is; false writes an opaque picture. JPEG is always opaque. */
  readonly keepAlpha: boolean;
}

/** Largest side in pixels that the format can state. */
export const MAX_SIDE: Readonly<Record<OutputFormat, number>> = {
  png: 0x7fffffff,
  jpeg: 0xffff,
  webp: 16383,
};

/** zlib level; against 6 it takes a quarter less time for 1 % more bytes (16 photographs). */
const PNG_LEVEL = 3;

/**
 * Lossless WebP effort: method 1 is five times as fast as the default 4 and 7 % larger on photographs.
 * `exact` keeps the colour under alpha 0.
 */
const WEBP_LOSSLESS = { lossless: 1, exact: 1, method: 1, quality: 20 };

/**
 * Encodes a picture. PNG, and WebP without a quality, return every byte of `rgba` unchanged when decoded
 * (with `keepAlpha` false: every colour, alpha 255). JPEG does not subsample colour (4:4:4). The same
 * pixels give the same bytes: no time and no program name is written.
 *
 * @throws {InputError} If a side is too long for the format, or the JPEG encoder, a native addon, cannot be
 * loaded.
 * @throws {RangeError} If `rgba` does not fit the size, or the quality is no whole number
 * from 1 to 100.
 */
export async function encodeImage(
  image: EncodableImage,
  options: EncodeImageOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, rgba } = image;
  const { format, quality, keepAlpha } = options;
  if (!(width >= 1 && height >= 1) || rgba.length !== width * height * 4) {
    throw new RangeError(
      `Cannot encode image: it has ${rgba.length} bytes, ${width}x${height} needs ${
        width * height * 4
      }`,
    );
  }
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new RangeError(
      `Cannot encode image: quality is ${quality}, must be a whole number from 1 to 100`,
    );
  }
  if (Math.max(width, height) > MAX_SIDE[format]) {
    const label = { png: "PNG", jpeg: "JPEG", webp: "WebP" }[format];
    throw new InputError(
      `Cannot encode image as ${label}: it is ${width}x${height}, no side may exceed ${
        MAX_SIDE[format]
      } pixels`,
      { hint: "Choose PNG, which has no such limit" },
    );
  }
  switch (format) {
    case "png":
      return await encodePng(image, keepAlpha ? 4 : 3);
    case "jpeg":
      return await encodeJpeg(image, quality ?? 95);
    case "webp":
      return await encodeWebp(image, quality, keepAlpha);
  }
}

/**
 * Own writer: imagescript's knows no RGB and no row filter, stores the time of writing, and makes larger
 * files in twice the time. Source: PNG (ISO 15948) sections 5, 9 and 11.
 */
async function encodePng(
  image: EncodableImage,
  channels: 3 | 4,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  header[8] = 8; // bits per channel
  header[9] = channels === 4 ? 6 : 2; // colour type: RGBA or RGB
  const compressed = await promisify(deflate)(filterRows(image, channels), { level: PNG_LEVEL });
  const chunks = [pngChunk("IHDR", header), pngChunk("IDAT", compressed), pngChunk("IEND")];
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return joined([signature, ...chunks]);
}

/** Puts parts one after the other. A Blob would do it in another heap, which is freed late. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Rows of `channels` bytes per pixel, each behind filter byte 1 and as difference to the pixel at its left. */
function filterRows(image: EncodableImage, channels: 3 | 4): Uint8Array {
  const { width, height, rgba } = image;
  const rows = new Uint8Array(height * (1 + width * channels));
  let to = 0;
  let from = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = 1;
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = rgba[from]! - red;
      rows[to++] = rgba[from + 1]! - green;
      rows[to++] = rgba[from + 2]! - blue;
      red = rgba[from]!;
      green = rgba[from + 1]!;
      blue = rgba[from + 2]!;
      if (channels === 3) continue;
      rows[to++] = rgba[from + 3]! - alpha;
      alpha = rgba[from + 3]!;
    }
  }
  return rows;
}

/** Length, type, content and checksum of one chunk. */
function pngChunk(type: string, content: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(content.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(content, 8);
  view.setUint32(content.length + 8, crc32(chunk.subarray(4, content.length + 8)));
  return chunk;
}

/** imagescript writes 4:4:4 at every quality and ignores alpha. */
async function encodeJpeg(
  image: EncodableImage,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { Image } = await import("imagescript").catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`Cannot encode image as JPEG: its encoder cannot be loaded: ${reason}`, {
      cause,
      hint: "Choose PNG or WebP, which need no native code, or allow it with --allow-ffi",
    });
  });
  type JpegQuality = Parameters<Image["encodeJPEG"]>[0];
  const canvas = new Image(image.width, image.height);
  canvas.bitmap.set(image.rgba);
  return new Uint8Array(await canvas.encodeJPEG(quality as JpegQuality));
}

async function encodeWebp(
  image: EncodableImage,
  quality: number | undefined,
  keepAlpha: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: encode } = await import("@jsquash/webp/encode.js");
  const rgba = new Uint8ClampedArray(image.rgba);
  if (!keepAlpha) { for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255; }
  const picture = new ImageData(rgba, image.width, image.height);
  return new Uint8Array(await encode(picture, quality === undefined ? WEBP_LOSSLESS : { quality }));
}
