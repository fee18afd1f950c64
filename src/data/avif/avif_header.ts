/**
 * What an AVIF file says about its picture, read without decoding it.
 * @module
 */
import { readAv1SequenceHeader } from "./av1_sequence_header.ts";
import { type AvifItem, avifItemBytes, type AvifItems, readAvifItems } from "./avif_items.ts";
import { bytesOf, type IsoBox } from "./iso_boxes.ts";

/** The facts in front of the pixels. */
export interface AvifHeader {
  /** Stored size in pixels, before rotation and mirroring. */
  readonly width: number;
  readonly height: number;
  /** 8, 10 or 12. */
  readonly bitDepth: number;
  readonly hasAlpha: boolean;
  /** Rotation and mirroring as EXIF counts them, 1 to 8. The EXIF block's own orientation has no say in AVIF. */
  readonly orientation: number;
  /** True if there is no colour. */
  readonly isGrey: boolean;
}

const ALPHA = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";

/** Tiles of a grid reach over its edge by less than one tile in each direction. */
const MOST_GRID_SIDE = 256;

/**
 * True if a file begins like AVIF. The brand of HEIC may come first, with `avif` among the others.
 *
 * @param bytes A whole file or its beginning.
 */
export function isAvif(bytes: Uint8Array): boolean {
  const brands = readBrands(bytes);
  return brands.includes("avif") || brands.includes("avis");
}

/**
 * Reads the header. The size that AV1 data claims for itself must be the one that the header states, so that a small
 * file cannot make a decoder take memory that nobody has judged.
 *
 * @throws {SyntaxError} If the file is damaged, animated, cropped by its header or of a kind that is not read.
 * @throws {RangeError} If it is cut short.
 *
 * Source: ISO/IEC 23008-12 sections 6.5 and 6.6; AVIF 1.1; MIAF (ISO/IEC 23000-22) section 7.3.
 */
export function readAvifHeader(bytes: Uint8Array): AvifHeader {
  if (readBrands(bytes)[0] === "avis") {
    throw new SyntaxError("AVIF is animated, must be a still picture");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = readAvifItems(bytes);
  const { primary, items, references } = found;
  const { width, height } = extentOf(view, primary);
  if (primary.properties.some(({ type }) => type === "clap")) {
    throw new SyntaxError("AVIF is cropped by its header, which is not read");
  }
  const facts = readFacts(bytes, { found, item: primary });
  const alpha = references.filter(({ type, to }) => type === "auxl" && to.includes(primary.id))
    .map(({ from }) => items.get(from)).find((item) => item !== undefined && isAlpha(view, item));
  if (alpha !== undefined) {
    const size = extentOf(view, alpha);
    if (size.width !== width || size.height !== height) {
      throw new SyntaxError("AVIF has an alpha of another size, the file is damaged");
    }
    readFacts(bytes, { found, item: alpha });
  }
  const orientation = readOrientation(view, primary.properties);
  return { width, height, ...facts, hasAlpha: alpha !== undefined, orientation };
}

/** Main brand, then the compatible ones; none if the file does not begin with `ftyp`. */
function readBrands(bytes: Uint8Array): string[] {
  const text = String.fromCharCode(...bytes.subarray(0, 512));
  if (text.slice(4, 8) !== "ftyp") return [];
  const size = Math.min(new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0), text.length);
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(text.slice(at, at + 4));
  return brands;
}

function extentOf(view: DataView, { properties }: AvifItem): { width: number; height: number } {
  const box = properties.find(({ type }) => type === "ispe");
  if (box === undefined) throw new SyntaxError("AVIF does not state its size, the file is damaged");
  return { width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) };
}

function isAlpha(view: DataView, { properties }: AvifItem): boolean {
  return properties.some(({ type, start, end }) => {
    if (type !== "auxC" || end - start < 4) return false;
    const text = String.fromCharCode(...bytesOf(view, start + 4, Math.min(end - start - 4, 128)));
    return text.startsWith(ALPHA);
  });
}

/** Depth and colour of a picture or of the tiles that make it up, whose sizes are checked. */
function readFacts(
  bytes: Uint8Array,
  { found, item }: { readonly found: AvifItems; readonly item: AvifItem },
): Pick<AvifHeader, "bitDepth" | "isGrey"> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { width, height } = extentOf(view, item);
  if (item.type === "av01") {
    const header = readAv1SequenceHeader(avifItemBytes(bytes, item));
    if (header.width !== width || header.height !== height) {
      const inside = `${header.width}x${header.height}`;
      throw new SyntaxError(`AVIF states ${width}x${height}, its AV1 data ${inside}`);
    }
    return { bitDepth: header.bitDepth, isGrey: header.isGrey };
  }
  if (item.type !== "grid") {
    throw new SyntaxError(`AVIF holds a picture of type "${item.type}", must be av01 or grid`);
  }
  const tiles = found.references.find(({ type, from }) => type === "dimg" && from === item.id)?.to
    .map((id) => found.items.get(id));
  const head = avifItemBytes(bytes, item);
  const [rows, columns] = [(head[2] ?? 0) + 1, (head[3] ?? 0) + 1];
  if (
    tiles === undefined || tiles.length !== rows * columns ||
    Math.max(rows, columns) > MOST_GRID_SIDE
  ) {
    throw new SyntaxError("AVIF has a grid without its tiles, the file is damaged");
  }
  const parts = tiles.map((tile) => {
    if (tile?.type !== "av01") throw new SyntaxError("AVIF has a grid without its tiles");
    return { ...readFacts(bytes, { found, item: tile }), ...extentOf(view, tile) };
  });
  const first = parts[0]!;
  const isEven = parts.every((part) => part.width === first.width && part.height === first.height);
  if (!isEven || (columns - 1) * first.width >= width || (rows - 1) * first.height >= height) {
    throw new SyntaxError("AVIF has tiles that do not fit its size, the file is damaged");
  }
  // A last tile may reach over the edge, but one that is mostly beyond it is no picture's.
  if (first.width * columns > 2 * width || first.height * rows > 2 * height) {
    throw new SyntaxError("AVIF has tiles that are larger than the picture");
  }
  return { bitDepth: first.bitDepth, isGrey: first.isGrey };
}

/** EXIF orientations of 0 to 3 quarter turns against the clock, as stored and of the mirror image. */
const TURNED = [1, 8, 3, 6] as const;
const MIRRORED_AND_TURNED = [2, 5, 4, 7] as const;

/**
 * Rotation and mirroring in the order in which they are listed; MIAF wants rotation first.
 *
 * Source: ISO/IEC 23008-12:2022 sections 6.5.10 (`irot` turns against the clock) and 6.5.12 (`imir` 0 exchanges top and
 * bottom, as EXIF 4 does, 1 left and right, as EXIF 2 does).
 */
function readOrientation(view: DataView, properties: readonly IsoBox[]): number {
  // Any sequence is a mirroring from left to right, or none, and then quarter turns.
  let quarters = 0;
  let isMirrored = false;
  for (const { type, start } of properties) {
    if (type === "irot") quarters += view.getUint8(start) & 3;
    if (type !== "imir") continue;
    // Mirroring after a turn is mirroring before the opposite turn.
    quarters = ((view.getUint8(start) & 1) === 0 ? 2 : 0) - quarters;
    isMirrored = !isMirrored;
  }
  const turns = ((quarters % 4) + 4) % 4;
  return isMirrored ? MIRRORED_AND_TURNED[turns]! : TURNED[turns]!;
}
