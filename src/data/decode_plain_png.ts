/**
 * PNG of the common kinds, decoded with the runtime's own zlib: half the time of a decoder in WebAssembly.
 * @module
 */
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { RgbaPixels } from "./exif_orientation.ts";

/** Bytes per pixel by colour type: grey, RGB, grey with alpha, RGBA. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Most bytes that are inflated in one piece, which saves putting pieces together. */
const LARGEST_PIECE = 2 ** 24;

/** End of the header chunk. */
const BEHIND_HEADER = 33;

/**
 * Decodes a PNG of 8 bits per channel without palette, transparent colour or interlacing.
 *
 * @param bytes A file whose header is a PNG's and whose chunks are whole.
 * @returns Undefined if it is of another kind, or anything in it is out of order: another decoder has to say what.
 *
 * Source: PNG (ISO 15948) sections 9 (filters) and 10 (compression).
 */
export async function decodePlainPng(bytes: Uint8Array): Promise<RgbaPixels | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = CHANNELS[bytes[25]!];
  const isPlain = bytes[24] === 8 && bytes[26] === 0 && bytes[27] === 0 && bytes[28] === 0;
  const data = isPlain ? compressedData(bytes, view) : undefined;
  if (channels === undefined || data === undefined) return undefined;
  const length = height * (1 + width * channels);
  const rows: Uint8Array | undefined = await promisify(inflate)(data, {
    maxOutputLength: length,
    chunkSize: Math.min(length + 64, LARGEST_PIECE),
  }).catch(() => undefined);
  if (rows?.length !== length || !unfilter(rows, { height, channels })) return undefined;
  return { width, height, rgba: expand(rows, { width, height, channels }) };
}

/** Content of all IDAT chunks; undefined if one colour is transparent, or there is none. */
function compressedData(bytes: Uint8Array, view: DataView): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let at = BEHIND_HEADER; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "tRNS") return undefined;
    if (type === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  if (parts.length < 2) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}

/** Undoes the filter of each row, in place; false if one is of no known kind. */
function unfilter(
  rows: Uint8Array,
  { height, channels }: { readonly height: number; readonly channels: number },
): boolean {
  const stride = rows.length / height;
  let up = new Uint8Array(stride - 1);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * stride + 1, (y + 1) * stride) as Uint8Array<ArrayBuffer>;
    switch (rows[y * stride]) {
      case 0:
        break;
      case 1:
        for (let i = channels; i < row.length; i++) row[i]! += row[i - channels]!;
        break;
      case 2:
        for (let i = 0; i < row.length; i++) row[i]! += up[i]!;
        break;
      case 3:
        for (let i = 0; i < channels; i++) row[i]! += up[i]! >> 1;
        for (let i = channels; i < row.length; i++) row[i]! += (row[i - channels]! + up[i]!) >> 1;
        break;
      case 4:
        for (let i = 0; i < channels; i++) row[i]! += up[i]!;
        for (let i = channels; i < row.length; i++) {
          row[i]! += paeth(row[i - channels]!, up[i]!, up[i - channels]!);
        }
        break;
      default:
        return false;
    }
    up = row;
  }
  return true;
}

/** Whichever of left, above and above left comes nearest to `left + above - corner`; ties in this order. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Rows behind filter bytes as RGBA. */
function expand(
  rows: Uint8Array,
  { width, height, channels }: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
  },
): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4);
  const isGrey = channels < 3;
  const hasAlpha = channels % 2 === 0;
  let [from, to] = [0, 0];
  for (let y = 0; y < height; y++) {
    from++;
    for (let x = 0; x < width; x++, from += channels, to += 4) {
      rgba[to] = rows[from]!;
      rgba[to + 1] = isGrey ? rows[from]! : rows[from + 1]!;
      rgba[to + 2] = isGrey ? rows[from]! : rows[from + 2]!;
      rgba[to + 3] = hasAlpha ? rows[from + channels - 1]! : 255;
    }
  }
  return rgba;
}
