/**
 * What an image file says about itself, read without decoding it. The content decides, not the extension.
 * @module
 */
import { InputError } from "../errors.ts";
import { isAvif, readAvifHeader } from "./avif/avif_header.ts";
import { readBmpLayout } from "./bmp/bmp_layout.ts";
import { describeContent } from "./describe_content.ts";
import { readExifOrientation } from "./exif_orientation.ts";
import { readContainerOrientation } from "./metadata/container_orientation.ts";
import { readTiffLayout } from "./tiff/tiff_layout.ts";

/** File formats that are read. */
export type ImageFormat = "png" | "jpeg" | "webp" | "gif" | "tiff" | "avif" | "bmp";

/** The facts in front of the pixels. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Stored width in pixels, before any orientation is applied. */
  readonly width: number;
  /** Stored height in pixels, before any orientation is applied. */
  readonly height: number;
  /** Bits per channel, or per palette index of PNG, TIFF and BMP; 8 for WebP and GIF. */
  readonly bitDepth: number;
  /** True if pixels may be transparent: an alpha channel, a transparent colour, or an uncovered GIF canvas. */
  readonly hasAlpha: boolean;
  /**
   * How the stored picture lies, 1 to 8 as EXIF counts: by EXIF in JPEG, PNG and WebP, by a tag in TIFF, by rotation and
   * mirroring in AVIF. 1 for every other format.
   */
  readonly orientation: number;
}

/**
 * Size of an image as it is seen and decoded. EXIF orientations 5 to 8 lie on their side.
 *
 * @returns Pixels.
 */
export function uprightSize(
  { width, height, orientation }: Pick<ImageHeader, "width" | "height" | "orientation">,
): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** Options of {@linkcode readImageHeader}. */
export interface ReadImageHeaderOptions {
  /**
   * File name for messages.
   * @default no name is shown
   */
  readonly name?: string;
}

const ACCEPTED = "must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP";

/**
 * Reads format, size and kind of an image without decoding it.
 *
 * @param bytes The whole file.
 * @throws {InputError} If the file is empty, of another format, cut short inside its header, or of a kind
 * that cannot be decoded (animated WebP or AVIF, lossless or arithmetic-coded JPEG, TIFF of CMYK or raw, and others
 * that the message names).
 *
 * Source: PNG (ISO 15948) 11.2.2; JPEG (ITU T.81) B.2.2; RFC 9649 (WebP) 2.3 to 2.7; GIF89a 18 to 23. TIFF, AVIF and BMP
 * have their own files.
 */
export function readImageHeader(
  bytes: Uint8Array,
  options: ReadImageHeaderOptions = {},
): ImageHeader {
  const subject = options.name === undefined ? "image" : `image ${JSON.stringify(options.name)}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = parse(bytes, view);
    if (header.width < 1 || header.height < 1) {
      throw new SyntaxError(`size is ${header.width}x${header.height}, must be at least 1x1`);
    }
    return header;
  } catch (cause) {
    if (cause instanceof RangeError) {
      const size = `${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}`;
      throw new InputError(`Cannot read ${subject}: file is cut short, it ends after ${size}`, {
        cause,
      });
    }
    if (cause instanceof SyntaxError) {
      throw new InputError(`Cannot read ${subject}: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

/** Throws SyntaxError for a wrong content and lets the RangeError of reading past the end through. */
function parse(bytes: Uint8Array, view: DataView): ImageHeader {
  if (bytes.length === 0) throw new SyntaxError(`file is empty, ${ACCEPTED}`);
  const start = latin1(bytes, 0, 16);
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return parsePng(bytes, view);
  if (start.startsWith("\xff\xd8\xff")) return parseJpeg(bytes, view);
  if (start.startsWith("RIFF") && start.slice(8, 12) === "WEBP") return parseWebp(bytes, view);
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return parseGif(view);
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(start)) return parseTiff(bytes);
  if (isAvif(bytes)) {
    const { isGrey: _, ...facts } = readAvifHeader(bytes);
    return { format: "avif", ...facts };
  }
  if (/^BM[^]{4}\0{4}/.test(start)) return parseBmp(bytes);
  const signatures = [
    "\x89PNG\r\n\x1a\n",
    "\xff\xd8\xff",
    "GIF89a",
    "GIF87a",
    "RIFF",
    ...NEW_STARTS,
  ];
  const isCutWebp = start.startsWith("RIFF") && start.length < 12;
  if (isCutWebp || signatures.some((signature) => signature.startsWith(start))) {
    throw new RangeError("the file ends inside its signature");
  }
  throw new SyntaxError(`file ${describeContent(bytes)}, ${ACCEPTED}`);
}

/** What a file of one of them begins with, longer than what is looked for above. */
const NEW_STARTS = ["II*\0", "MM\0*", "BM"];

function parseTiff(bytes: Uint8Array): ImageHeader {
  const { width, height, bits, alpha, orientation } = readTiffLayout(bytes);
  const hasAlpha = alpha !== "none";
  return { format: "tiff", width, height, bitDepth: bits, hasAlpha, orientation };
}

function parseBmp(bytes: Uint8Array): ImageHeader {
  const { width, height, bits, hasAlpha } = readBmpLayout(bytes);
  return { format: "bmp", width, height, bitDepth: Math.min(bits, 8), hasAlpha, orientation: 1 };
}

function parsePng(bytes: Uint8Array, view: DataView): ImageHeader {
  const ihdr = 0x49484452;
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== ihdr) {
    throw new SyntaxError("PNG does not start with its header chunk, the file is damaged");
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [bitDepth, colourType] = [view.getUint8(24), view.getUint8(25)];
  const depths: Record<number, number[]> = {
    0: [1, 2, 4, 8, 16],
    2: [8, 16],
    3: [1, 2, 4, 8],
    4: [8, 16],
    6: [8, 16],
  };
  if (!depths[colourType]?.includes(bitDepth)) {
    throw new SyntaxError(`PNG has colour type ${colourType} with ${bitDepth} bits, which is none`);
  }
  let hasAlpha = colourType >= 4;
  for (let at = 33; !hasAlpha; at += 12 + view.getUint32(at)) {
    view.getUint32(at + 4);
    const type = latin1(bytes, at + 4, at + 8);
    if (type === "tRNS") hasAlpha = true;
    if (type === "IDAT" || type === "IEND") break;
  }
  const orientation = readContainerOrientation(bytes, "png");
  return { format: "png", width, height, bitDepth, hasAlpha, orientation };
}

function parseJpeg(bytes: Uint8Array, view: DataView): ImageHeader {
  let frame: { width: number; height: number; bitDepth: number } | undefined;
  let orientation: number | undefined;
  for (let at = 2;;) {
    if (view.getUint8(at) !== 0xff) {
      throw new SyntaxError(`JPEG has no marker at byte ${at}, the file is damaged`);
    }
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break; // start of scan, end of image
    const length = view.getUint16(at + 2);
    if (length < 2) throw new SyntaxError(`JPEG has an empty segment at byte ${at}`);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      if (marker > 0xc2) {
        throw new SyntaxError(
          "JPEG is lossless or arithmetic-coded, must be baseline or progressive",
        );
      }
      frame = {
        bitDepth: view.getUint8(at + 4),
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
      };
    }
    if (marker === 0xe1 && latin1(bytes, at + 4, at + 10) === "Exif\0\0") {
      orientation ??= readExifOrientation(bytes.subarray(at + 10, at + 2 + length));
    }
    at += 2 + length;
  }
  if (frame === undefined) throw new SyntaxError("JPEG has no frame header, the file is damaged");
  return { format: "jpeg", ...frame, hasAlpha: false, orientation: orientation ?? 1 };
}

function parseWebp(bytes: Uint8Array, view: DataView): ImageHeader {
  const size24 = (at: number) => 1 + (view.getUint16(at, true) | (view.getUint8(at + 2) << 16));
  const base = { format: "webp", bitDepth: 8, orientation: 1 } as const;
  view.getUint32(12);
  const chunk = latin1(bytes, 12, 16);
  if (chunk === "VP8X") {
    const flags = view.getUint8(20);
    if ((flags & 0x02) !== 0) throw new SyntaxError("WebP is animated, must be a still picture");
    const [width, height] = [size24(24), size24(27)];
    const orientation = readContainerOrientation(bytes, "webp");
    return { ...base, width, height, hasAlpha: (flags & 0x10) !== 0, orientation };
  }
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    if (view.getUint8(20) !== 0x2f) throw new SyntaxError("WebP has no lossless signature");
    const [width, height] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    return { ...base, width, height, hasAlpha: ((bits >>> 28) & 1) === 1 };
  }
  if (chunk === "VP8 ") {
    const [width, height] = [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    if (latin1(bytes, 23, 26) !== "\x9d\x01\x2a") throw new SyntaxError("WebP has no start code");
    return { ...base, width, height, hasAlpha: false };
  }
  throw new SyntaxError(`WebP starts with chunk ${JSON.stringify(chunk)}, the file is damaged`);
}

/** Walks to the end of the first frame, whose own size and end are not in the header. */
function parseGif(view: DataView): ImageHeader {
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const paletteBytes = (flags: number) => (flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1);
  const skipSubBlocks = (at: number) => {
    for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += length + 1;
    return at + 1;
  };
  let at = 13 + paletteBytes(view.getUint8(10));
  let hasAlpha = false;
  while (view.getUint8(at) === 0x21) {
    if (view.getUint8(at + 1) === 0xf9) hasAlpha = (view.getUint8(at + 3) & 1) === 1;
    at = skipSubBlocks(at + 2);
  }
  if (view.getUint8(at) !== 0x2c) throw new SyntaxError("GIF has no image, or the file is damaged");
  const [left, top] = [view.getUint16(at + 1, true), view.getUint16(at + 3, true)];
  const right = left + view.getUint16(at + 5, true);
  const bottom = top + view.getUint16(at + 7, true);
  if (right > width || bottom > height) {
    throw new SyntaxError(`GIF frame reaches ${right}x${bottom}, canvas is ${width}x${height}`);
  }
  if (left > 0 || top > 0 || right < width || bottom < height) hasAlpha = true;
  view.getUint8(skipSubBlocks(at + 11 + paletteBytes(view.getUint8(at + 9)))); // trailer or next block
  return { format: "gif", width, height, bitDepth: 8, hasAlpha, orientation: 1 };
}

/** Bytes as text, one character per byte. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
