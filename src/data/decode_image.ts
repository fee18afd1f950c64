/**
 * Turns the bytes of an image file into pixels, or says why that is not possible.
 * @module
 */
import { crc32 } from "node:zlib";
import { InputError } from "../errors.ts";
import { decodePlainPng } from "./decode_plain_png.ts";
import { applyOrientation, type RgbaPixels } from "./exif_orientation.ts";
import { type ImageFormat, readImageHeader } from "./image_header.ts";

/** A picture in memory and where it came from. */
export interface DecodedImage extends RgbaPixels {
  /** Format of the file. */
  readonly format: ImageFormat;
  /** True if the file may hold transparent pixels; if false, alpha is 255 everywhere. */
  readonly hasAlpha: boolean;
  /** Bits per channel in the file. A PNG of 16 bits loses its lower 8. */
  readonly bitDepth: number;
  /** True if an EXIF orientation turned or mirrored the stored pixels. */
  readonly orientationApplied: boolean;
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
}

type Decoder = (bytes: Uint8Array) => Promise<RgbaPixels>;

/** imagescript's WebAssembly decoders, which come without types. Every `init` makes a fresh memory. */
interface PngModule {
  init(): Promise<{
    decode(bytes: Uint8Array): { width: number; height: number; framebuffer: Uint8Array };
  }>;
}
interface JpegModule {
  init(): Promise<{ decode(bytes: Uint8Array): JpegPixels }>;
}
interface JpegPixels {
  width: number;
  height: number;
  /** 0 grey, 1 RGB, 2 CMYK; 1, 3 or 4 bytes per pixel. */
  format: 0 | 1 | 2;
  buffer: Uint8Array;
}
interface GifModule {
  init(): Promise<{ Decoder: new (bytes: Uint8Array) => GifReader }>;
}
interface GifReader {
  width: number;
  height: number;
  /** The next frame in RGBA, or null after the last one. */
  frame(): { x: number; y: number; width: number; height: number; buffer: Uint8Array } | null;
}

const LABELS = { png: "PNG", jpeg: "JPEG", webp: "WebP", gif: "GIF" } as const;

/**
 * Decodes a PNG, JPEG, WebP or the first frame of a GIF; the content decides which, not the name.
 *
 * Colours are the stored ones: no colour profile and no gamma is applied, nothing is multiplied by alpha.
 * The colour under alpha 0 is kept in PNG and lossless WebP; only the one colour that a PNG without alpha
 * channel declares as transparent comes back as black. A JPEG is turned upright by its EXIF orientation.
 *
 * @param bytes The whole file.
 * @throws {InputError} If the file is no such image, is cut short, fails a checksum, cannot be decoded or
 * has more than `maxPixels` pixels.
 */
export async function decodeImage(
  bytes: Uint8Array,
  options: DecodeImageOptions,
): Promise<DecodedImage> {
  const { name, maxPixels = 178_000_000 } = options;
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

  // The common kinds of PNG need no decoder to be loaded.
  let stored = format === "png" ? await decodePlainPng(bytes) : undefined;
  if (stored === undefined) {
    const decode = await loadDecoder(format).catch((cause) => {
      throw fail(`its ${LABELS[format]} decoder cannot be loaded: ${messageOf(cause)}`, cause);
    });
    try {
      stored = await decode(bytes);
    } catch (cause) {
      throw fail(`its ${LABELS[format]} data is damaged or cut short`, cause);
    }
  }
  if (stored.width !== width || stored.height !== height) {
    const decoded = `${stored.width}x${stored.height}`;
    throw fail(`its header says ${width}x${height}, its data is ${decoded}`);
  }
  const upright = applyOrientation(stored, orientation);
  return { ...upright, format, hasAlpha, bitDepth, orientationApplied: orientation !== 1 };
}

/**
 * Loads a decoder on first need. imagescript's single decoders are WebAssembly; its main module would add
 * a native addon (`--allow-ffi`, few platforms) and expands a JPEG to RGBA half as fast.
 */
async function loadDecoder(format: ImageFormat): Promise<Decoder> {
  switch (format) {
    case "webp": {
      const { default: decode } = await import("@jsquash/webp/decode.js");
      return async (bytes) => {
        const { width, height, data } = await decode(bytes.slice().buffer);
        return { width, height, rgba: new Uint8ClampedArray(data.buffer) };
      };
    }
    case "png": {
      const module: PngModule = (await import("imagescript/wasm/node/png.js")).default;
      const png = await module.init();
      return async (bytes) => {
        const { width, height, framebuffer } = png.decode(bytes);
        return { width, height, rgba: new Uint8ClampedArray(framebuffer.buffer) };
      };
    }
    case "jpeg": {
      const module: JpegModule = (await import("imagescript/wasm/node/jpeg.js")).default;
      const jpeg = await module.init();
      return async (bytes) => toRgba(jpeg.decode(bytes));
    }
    case "gif": {
      const module: GifModule = (await import("imagescript/wasm/node/gif.js")).default;
      const { Decoder } = await module.init();
      return async (bytes) => firstFrame(new Decoder(bytes));
    }
  }
}

/** Grey is repeated; CMYK is mixed without a colour profile, `255 (1 - c) (1 - k)`. */
function toRgba({ width, height, format, buffer }: JpegPixels): RgbaPixels {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  switch (format) {
    case 0:
      for (let to = 0, from = 0; to < rgba.length; to += 4, from++) {
        rgba[to] = rgba[to + 1] = rgba[to + 2] = buffer[from]!;
      }
      break;
    case 1:
      for (let to = 0, from = 0; to < rgba.length; to += 4, from += 3) {
        rgba[to] = buffer[from]!;
        rgba[to + 1] = buffer[from + 1]!;
        rgba[to + 2] = buffer[from + 2]!;
      }
      break;
    case 2:
      for (let i = 0; i < rgba.length; i += 4) {
        const light = (255 - buffer[i + 3]!) / 255;
        for (let c = 0; c < 3; c++) rgba[i + c] = (255 - buffer[i + c]!) * light;
      }
      break;
  }
  return { width, height, rgba };
}

/** Lays the first frame on a transparent canvas; {@linkcode readImageHeader} has checked that it fits. */
function firstFrame(reader: GifReader): RgbaPixels {
  const { width, height } = reader;
  const frame = reader.frame();
  if (frame === null) throw new SyntaxError("the file has no frame");
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < frame.height; row++) {
    const line = frame.buffer.subarray(row * frame.width * 4, (row + 1) * frame.width * 4);
    rgba.set(line, ((frame.y + row) * width + frame.x) * 4);
  }
  return { width, height, rgba };
}

/**
 * Finds what the decoders overlook or do not name.
 *
 * @returns Why the file is not whole, or undefined. For GIF {@linkcode readImageHeader} has seen to it.
 */
function findDamage(bytes: Uint8Array, format: ImageFormat): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case "png":
      return findPngDamage(bytes, view);
    case "jpeg":
      return isJpegComplete(bytes, view)
        ? undefined
        : "file is cut short, its JPEG end marker is missing";
    case "webp": {
      const wanted = view.getUint32(4, true) + 8;
      return wanted <= bytes.length
        ? undefined
        : `file is cut short, it has ${bytes.length} bytes, must be ${wanted}`;
    }
    case "gif":
      return undefined;
  }
}

/** Walks the chunks: imagescript accepts a file whose end is missing. */
function findPngDamage(bytes: Uint8Array, view: DataView): string | undefined {
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      return `file is damaged, PNG chunk ${JSON.stringify(type)} at byte ${at} fails its checksum`;
    }
    if (type === "IEND") return undefined;
    at = end;
  }
  return "file is cut short, its PNG end chunk is missing";
}

/**
 * Walks the segments and scans to the end-of-image marker. Looking for its two bytes alone would find the
 * one of an embedded thumbnail.
 */
function isJpegComplete(bytes: Uint8Array, view: DataView): boolean {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0xd9) return true;
    at += 2 + view.getUint16(at + 2);
    if (marker !== 0xda) continue;
    // Inside a scan 0xff is data before 0x00 and a restart marker before 0xd0 to 0xd7.
    for (;;) {
      at = bytes.indexOf(0xff, at);
      if (at < 0) return false;
      const next = bytes[at + 1] ?? 0;
      if (next !== 0 && (next < 0xd0 || next > 0xd7)) break;
      at += 2;
    }
  }
  return bytes[at] === 0xff && bytes[at + 1] === 0xd9;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
