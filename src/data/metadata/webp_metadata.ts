/**
 * Metadata in the chunks of a WebP.
 * @module
 */
import { exifOfDensity, readExifDensity } from "./density.ts";
import { isExif } from "./exif_directory.ts";
import { iccColourSpace } from "./icc_profile.ts";
import { joinBytes, latin1Bytes, latin1Text, startsWith } from "./join_bytes.ts";
import type { PictureMetadata } from "./picture_metadata.ts";

/** One chunk of a RIFF file. */
interface WebpChunk {
  readonly type: string;
  /** Window into the file, without the byte that makes its length even. */
  readonly data: Uint8Array;
}

/** Flags of the header of an extended file. */
const FLAG = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;

/**
 * Reads profile, Exif and XMP; what is damaged is left out.
 *
 * Source: RFC 9649, 2.7.
 */
export function readWebpMetadata(bytes: Uint8Array): PictureMetadata {
  const chunks = webpChunks(bytes);
  const dataOf = (wanted: string) => chunks.find(({ type }) => type === wanted)?.data;
  const icc = dataOf("ICCP")?.slice();
  const xmp = dataOf("XMP ")?.slice();
  const block = dataOf("EXIF");
  // Some writers put the signature of JPEG in front.
  const exif = (block && startsWith(block, "Exif\0\0") ? block.subarray(6) : block)?.slice();
  return {
    ...exif !== undefined && isExif(exif) ? { exif, ...readExifDensity(exif) } : {},
    ...icc !== undefined && iccColourSpace(icc) !== undefined ? { icc } : {},
    ...xmp === undefined ? {} : { xmp },
  };
}

/**
 * Puts metadata into a WebP. A simple file becomes an extended one, whose header tells of alpha and metadata; an
 * animated one is not expected.
 *
 * @returns A new file; one with nothing to be written is unchanged.
 */
export function writeWebpMetadata(
  bytes: Uint8Array,
  { exif: ownExif, icc, xmp, dpi }: PictureMetadata,
): Uint8Array<ArrayBuffer> {
  const exif = ownExif ?? (dpi && exifOfDensity(dpi));
  const chunks = webpChunks(bytes);
  const facts = factsOf(chunks);
  if (facts === undefined || (exif ?? icc ?? xmp) === undefined) return new Uint8Array(bytes);
  const kept = chunks.filter(({ type }) =>
    type !== "VP8X" && !(type === "ICCP" && icc) && !(type === "EXIF" && exif) &&
    !(type === "XMP " && xmp)
  );
  const isPixels = ({ type }: WebpChunk) => ["ALPH", "VP8 ", "VP8L"].includes(type);
  const body = [
    ...icc ? [{ type: "ICCP", data: icc }] : kept.filter(({ type }) => type === "ICCP"),
    ...kept.filter(isPixels),
    ...exif ? [{ type: "EXIF", data: exif }] : [],
    ...xmp ? [{ type: "XMP ", data: xmp }] : [],
    ...kept.filter((chunk) => !isPixels(chunk) && chunk.type !== "ICCP"),
  ];
  const has = (wanted: string) => body.some(({ type }) => type === wanted);
  const header = new Uint8Array(10);
  header[0] = (has("ICCP") ? FLAG.icc : 0) | (facts.hasAlpha ? FLAG.alpha : 0) |
    (has("EXIF") ? FLAG.exif : 0) | (has("XMP ") ? FLAG.xmp : 0);
  header.set(bytes24(facts.width - 1), 4);
  header.set(bytes24(facts.height - 1), 7);
  const content = joinBytes([{ type: "VP8X", data: header }, ...body].map(webpChunk));
  return joinBytes([
    latin1Bytes("RIFF"),
    bytes32(content.length + 4),
    latin1Bytes("WEBP"),
    content,
  ]);
}

/** Chunks as far as they are whole. */
function webpChunks(bytes: Uint8Array): WebpChunk[] {
  const chunks: WebpChunk[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) break;
    const type = latin1Text(bytes.subarray(at, at + 4));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + length % 2;
  }
  return chunks;
}

/** Size and alpha, which a simple file says in its only chunk. Source: RFC 9649, 2.7.1; RFC 6386, 9.1. */
function factsOf(
  chunks: readonly WebpChunk[],
): { readonly width: number; readonly height: number; readonly hasAlpha: boolean } | undefined {
  const [first] = chunks;
  if (first === undefined || first.data.length < (first.type === "VP8L" ? 5 : 10)) return undefined;
  const { type, data } = first;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size24 = (at: number) => 1 + (view.getUint16(at, true) | view.getUint8(at + 2) << 16);
  if (type === "VP8X") {
    const hasAlpha = (data[0]! & FLAG.alpha) !== 0;
    return { width: size24(4), height: size24(7), hasAlpha };
  }
  if (type === "VP8L") {
    const bits = view.getUint32(1, true);
    const [width, height] = [(bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1];
    return { width, height, hasAlpha: (bits >>> 28 & 1) === 1 };
  }
  if (type !== "VP8 ") return undefined;
  const [width, height] = [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
  return { width, height, hasAlpha: false };
}

function webpChunk({ type, data }: WebpChunk): Uint8Array {
  return joinBytes([
    latin1Bytes(type),
    bytes32(data.length),
    data,
    data.length % 2 === 1 ? [0] : [],
  ]);
}

function bytes24(value: number): number[] {
  return [value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff];
}

function bytes32(value: number): number[] {
  return [...bytes24(value), value >>> 24];
}
