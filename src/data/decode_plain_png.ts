/**
 * PNG of the common kinds, decoded with the runtime's own zlib: half the time of a decoder in WebAssembly, and all of 16
 * bits.
 * @module
 */
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { RgbaPixels } from "./exif_orientation.ts";
import { joinBytes } from "./metadata/join_bytes.ts";
import { pngChunks } from "./metadata/png_chunks.ts";
import { passBytes, type PngPass, pngPasses, unfilterRows } from "./png_rows.ts";

/** Samples per pixel by colour type: grey, RGB, grey with alpha, RGBA. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Most bytes that are inflated in one piece, which saves putting pieces together. */
const LARGEST_PIECE = 2 ** 24;

/** Options of {@linkcode decodePlainPng}. */
export interface DecodePlainPngOptions {
  /**
   * False drops the lower 8 of 16 bits.
   * @default true
   */
  readonly sixteenBits?: boolean;
}

/**
 * Decodes a PNG of 8 or 16 bits per channel without palette, interlaced or not.
 *
 * The colour that a PNG without alpha channel declares as transparent is kept under alpha 0.
 *
 * @param bytes A file whose header is a PNG's and whose chunks are whole.
 * @returns Undefined if it is of another kind, or anything in it is out of order: another decoder has to say what.
 *
 * Source: PNG (ISO 15948) sections 8 (interlacing), 9 (filters), 10 (compression) and 11.3.2.1 (transparency).
 */
export async function decodePlainPng(
  bytes: Uint8Array,
  { sixteenBits = true }: DecodePlainPngOptions = {},
): Promise<RgbaPixels | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = CHANNELS[bytes[25]!];
  const sampleBytes = bytes[24]! / 8;
  const isPlain = (sampleBytes === 1 || sampleBytes === 2) && bytes[26] === 0 && bytes[27] === 0 &&
    bytes[28]! <= 1;
  if (!isPlain || channels === undefined) return undefined;
  const { data, transparent } = contents(bytes);
  if (data === undefined || isShortFor(transparent, channels)) return undefined;
  const layout = { channels, sampleBytes };
  const passes = pngPasses({ width, height, isInterlaced: bytes[28] === 1 });
  const length = passes.reduce((sum, pass) => sum + passBytes(pass, layout), 0);
  const rows: Uint8Array | undefined = await promisify(inflate)(data, {
    maxOutputLength: length,
    chunkSize: Math.min(length + 64, LARGEST_PIECE),
  }).catch(() => undefined);
  if (rows?.length !== length) return undefined;

  const rgba = new Uint8ClampedArray(width * height * 4);
  const has16 = sampleBytes === 2 && (sixteenBits || transparent !== undefined);
  const rgba16 = has16 ? new Uint16Array(rgba.length) : undefined;
  let at = 0;
  for (const pass of passes) {
    const part = rows.subarray(at, at + passBytes(pass, layout));
    at += part.length;
    if (!unfilterRows(part, { height: pass.height, step: channels * sampleBytes })) {
      return undefined;
    }
    expand(part, rgba, { ...layout, pass, width, byte: 0 });
    if (rgba16 !== undefined) expand(part, rgba16, { ...layout, pass, width, byte: 1 });
  }
  if (transparent !== undefined && channels % 2 === 1) {
    clearTransparent({ rgba, rgba16 }, keyColour(transparent, layout));
  }
  return rgba16 === undefined || !sixteenBits
    ? { width, height, rgba }
    : { width, height, rgba, rgba16 };
}

/** Content of all IDAT chunks together, and of tRNS. */
function contents(bytes: Uint8Array): { data?: Uint8Array; transparent?: Uint8Array } {
  const parts: Uint8Array[] = [];
  let transparent: Uint8Array | undefined;
  for (const { type, data } of pngChunks(bytes)) {
    if (type === "tRNS") transparent = data;
    if (type === "IDAT") parts.push(data);
  }
  const data = parts.length < 2 ? parts[0] : joinBytes(parts);
  return {
    ...data === undefined ? {} : { data },
    ...transparent === undefined ? {} : { transparent },
  };
}

function isShortFor(transparent: Uint8Array | undefined, channels: number): boolean {
  return transparent !== undefined && channels % 2 === 1 && transparent.length < 2 * channels;
}

interface Expansion {
  readonly channels: number;
  readonly sampleBytes: number;
  readonly pass: PngPass;
  /** Of the picture. */
  readonly width: number;
  /** 0 takes the upper byte of each sample, 1 both. */
  readonly byte: 0 | 1;
}

/** Samples of a pass, behind filter bytes, to their places in RGBA. */
function expand(
  rows: Uint8Array,
  rgba: Uint8ClampedArray | Uint16Array,
  { channels, sampleBytes, pass, width, byte }: Expansion,
): void {
  const [green, blue] = channels < 3 ? [0, 0] : [sampleBytes, 2 * sampleBytes];
  const alpha = channels % 2 === 0 ? (channels - 1) * sampleBytes : -1;
  const step = channels * sampleBytes;
  const opaque = byte === 0 ? 255 : 65535;
  const toStep = 4 * pass.stepX;
  let from = 0;
  for (let y = 0; y < pass.height; y++) {
    from++;
    let to = 4 * ((pass.startY + y * pass.stepY) * width + pass.startX);
    for (let x = 0; x < pass.width; x++, from += step, to += toStep) {
      if (byte === 0) {
        rgba[to] = rows[from]!;
        rgba[to + 1] = rows[from + green]!;
        rgba[to + 2] = rows[from + blue]!;
        rgba[to + 3] = alpha < 0 ? opaque : rows[from + alpha]!;
      } else {
        rgba[to] = rows[from]! << 8 | rows[from + 1]!;
        rgba[to + 1] = rows[from + green]! << 8 | rows[from + green + 1]!;
        rgba[to + 2] = rows[from + blue]! << 8 | rows[from + blue + 1]!;
        rgba[to + 3] = alpha < 0 ? opaque : rows[from + alpha]! << 8 | rows[from + alpha + 1]!;
      }
    }
  }
}

/** The transparent colour as red, green, blue; of 8 bits only the lower byte counts. */
function keyColour(
  transparent: Uint8Array,
  { channels, sampleBytes }: { readonly channels: number; readonly sampleBytes: number },
): readonly number[] {
  const sample = (i: number) =>
    (sampleBytes === 2 ? transparent[2 * i]! << 8 : 0) | transparent[2 * i + 1]!;
  return channels === 1 ? [sample(0), sample(0), sample(0)] : [sample(0), sample(1), sample(2)];
}

function clearTransparent(
  { rgba, rgba16 }: { readonly rgba: Uint8ClampedArray; readonly rgba16: Uint16Array | undefined },
  [red, green, blue]: readonly number[],
): void {
  const samples = rgba16 ?? rgba;
  for (let i = 0; i < samples.length; i += 4) {
    if (samples[i] !== red || samples[i + 1] !== green || samples[i + 2] !== blue) continue;
    rgba[i + 3] = 0;
    if (rgba16 !== undefined) rgba16[i + 3] = 0;
  }
}
