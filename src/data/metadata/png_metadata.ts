/**
 * Metadata in the chunks of a PNG.
 * @module
 */
import { deflateSync } from "node:zlib";
import { physChunk, readExifDensity, readPhysChunk } from "./density.ts";
import { isExif } from "./exif_directory.ts";
import { iccColourSpace } from "./icc_profile.ts";
import { joinBytes, latin1Bytes, startsWith } from "./join_bytes.ts";
import type { ColourChunk, PictureMetadata, TextChunk } from "./picture_metadata.ts";
import { pngChunk, pngChunks } from "./png_chunks.ts";
import { decodeRawProfile, encodeRawProfile, RAW_PROFILE } from "./png_raw_profile.ts";
import { commentText, inflated, internationalText, openText, XMP_KEYWORD } from "./png_text.ts";

/** Colour chunks and their lengths in bytes, in the order in which they are written. */
const COLOUR_CHUNKS: Readonly<Record<ColourChunk, number>> = {
  cICP: 4,
  mDCV: 24,
  cLLI: 8,
  sRGB: 1,
  gAMA: 4,
  cHRM: 32,
};

/** Name inside `iCCP`, as libpng and others give it. */
const ICC_NAME = "ICC Profile";

/** A record that is filled piece by piece; what comes first counts. */
type Found = { -readonly [K in keyof PictureMetadata]?: PictureMetadata[K] | undefined };

/**
 * Reads what the chunks hold, behind the pixels too; what is damaged is left out. Raw profiles of older writers are
 * read into the pieces that they hold.
 *
 * @param limit Most bytes that one chunk may inflate to.
 *
 * Source: PNG, third edition, 11.3; XMP part 3, 1.1.5.
 */
export function readPngMetadata(bytes: Uint8Array, limit: number): PictureMetadata {
  const found: Found = {};
  const colourChunks: Partial<Record<ColourChunk, Uint8Array>> = {};
  const texts: TextChunk[] = [];
  const chunks = pngChunks(bytes);
  for (const { type, data } of chunks) {
    switch (type) {
      case "eXIf":
        if (isExif(data)) found.exif ??= data.slice();
        break;
      case "iCCP":
        found.icc ??= openIcc(data, limit);
        break;
      case "pHYs":
        Object.assign(found, readPhysChunk(data));
        break;
      case "tEXt":
      case "zTXt":
      case "iTXt":
        if (!takeText(found, { type, data }, limit)) texts.push({ type, data: data.slice() });
        break;
      default:
        if (isColourChunk(type) && data.length === COLOUR_CHUNKS[type]) {
          colourChunks[type] ??= data.slice();
        }
    }
  }
  if (found.dpi === undefined && found.exif !== undefined) {
    Object.assign(found, readExifDensity(found.exif));
  }
  if (texts.length > 0) found.texts = texts;
  if (Object.keys(colourChunks).length > 0) found.colourChunks = colourChunks;
  return withoutUndefined(found);
}

function isColourChunk(type: string): type is ColourChunk {
  return Object.hasOwn(COLOUR_CHUNKS, type);
}

function withoutUndefined(found: Found): PictureMetadata {
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => value !== undefined),
  ) as PictureMetadata;
}

function openIcc(data: Uint8Array, limit: number): Uint8Array | undefined {
  const nameEnd = data.indexOf(0);
  if (nameEnd < 1 || nameEnd > 79 || data[nameEnd + 1] !== 0) return undefined;
  const icc = inflated(data.subarray(nameEnd + 2), limit);
  return icc === undefined || iccColourSpace(icc) === undefined ? undefined : icc;
}

/** Takes XMP and raw profiles; false if the text is another one. */
function takeText(found: Found, chunk: TextChunk, limit: number): boolean {
  const isXmp = startsWith(chunk.data, `${XMP_KEYWORD}\0`);
  if (!isXmp && !startsWith(chunk.data, RAW_PROFILE)) return false;
  const opened = openText(chunk, limit);
  if (opened === undefined) return true; // damaged, or larger than is sensible
  if (isXmp) {
    found.xmp ??= opened.text.slice();
    return true;
  }
  const profile = decodeRawProfile(opened.text);
  if (profile === undefined) return true;
  switch (opened.keyword.slice(RAW_PROFILE.length).toLowerCase()) {
    case "exif":
    case "app1": {
      const exif = startsWith(profile, "Exif\0\0") ? profile.slice(6) : profile;
      if (isExif(exif)) found.exif ??= exif;
      return true;
    }
    case "xmp":
      found.xmp ??= profile;
      return true;
    case "iptc":
    case "8bim": {
      if (startsWith(profile, "8BIM")) found.photoshop ??= profile;
      return true;
    }
    case "icc":
    case "icm":
      if (iccColourSpace(profile) !== undefined) found.icc ??= profile;
      return true;
    default:
      return false;
  }
}

/**
 * Puts metadata into a PNG, in front of palette and pixels as their order demands; chunks that it replaces go, all
 * others stay.
 */
export function writePngMetadata(
  bytes: Uint8Array,
  metadata: PictureMetadata,
): Uint8Array<ArrayBuffer> {
  const { exif, icc, xmp, photoshop, comments, texts, colourChunks = {} } = metadata;
  const added: Uint8Array[] = [];
  const replaced = new Set<string>();
  const add = (type: string, data: Uint8Array) => {
    replaced.add(type);
    added.push(pngChunk(type, data));
  };
  if (icc !== undefined) {
    add("iCCP", joinBytes([latin1Bytes(`${ICC_NAME}\0\0`), deflateSync(icc)]));
  }
  for (const type of Object.keys(COLOUR_CHUNKS) as ColourChunk[]) {
    const data = colourChunks[type];
    if (data !== undefined) add(type, data);
  }
  const phys = physChunk(metadata);
  if (phys !== undefined) add("pHYs", phys);
  if (exif !== undefined) add("eXIf", exif);
  const written: TextChunk[] = [...texts ?? (comments ?? []).map(commentText)];
  if (xmp !== undefined) written.push({ type: "iTXt", data: internationalText(XMP_KEYWORD, xmp) });
  if (photoshop !== undefined) {
    const text = deflateSync(encodeRawProfile("iptc", photoshop));
    const data = joinBytes([latin1Bytes(`${RAW_PROFILE}iptc\0\0`), text]);
    written.push({ type: "zTXt", data });
  }
  for (const { type, data } of written) add(type, data);

  const [header, ...others] = pngChunks(bytes);
  if (header === undefined) return new Uint8Array(bytes);
  return joinBytes([
    bytes.subarray(0, header.end),
    ...added,
    ...others.filter(({ type }) => !replaced.has(type)).map(({ start, end }) =>
      bytes.subarray(start, end)
    ),
  ]);
}
