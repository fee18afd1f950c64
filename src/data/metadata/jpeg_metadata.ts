/**
 * Metadata in the segments of a JPEG.
 * @module
 */
import { jfifDensity, readExifDensity, readJfifDensity } from "./density.ts";
import { isExif } from "./exif_directory.ts";
import { iccColourSpace } from "./icc_profile.ts";
import { joinBytes, latin1Bytes, latin1Text, startsWith } from "./join_bytes.ts";
import { jpegSegment, jpegSegments, MAX_SEGMENT } from "./jpeg_segments.ts";
import {
  EXTENDED_SIGNATURE,
  MAX_XMP,
  readExtendedXmp,
  XMP_SIGNATURE,
  xmpSegments,
} from "./jpeg_xmp.ts";
import type { PictureMetadata } from "./picture_metadata.ts";

/** What a segment of Exif begins with. */
export const EXIF_SIGNATURE = "Exif\0\0";
/** What a segment of Photoshop resources begins with. */
export const PHOTOSHOP_SIGNATURE = "Photoshop 3.0\0";
const ICC_SIGNATURE = "ICC_PROFILE\0";
const JFIF_SIGNATURE = "JFIF\0";
/** Markers: JFIF, Exif and XMP, ICC, Photoshop, comment. */
const [APP0, APP1, APP2, APP13, COM] = [0xe0, 0xe1, 0xe2, 0xed, 0xfe] as const;

/** Most bytes of an Exif block in a JPEG. */
export const MAX_JPEG_EXIF = MAX_SEGMENT - EXIF_SIGNATURE.length;
const MAX_PHOTOSHOP = MAX_SEGMENT - PHOTOSHOP_SIGNATURE.length;
const MAX_ICC_PART = MAX_SEGMENT - ICC_SIGNATURE.length - 2;
/** A profile has at most 255 parts. */
const MAX_JPEG_ICC = MAX_ICC_PART * 255;

/**
 * Reads what the segments in front of the first scan hold; what is damaged is left out.
 *
 * @param limit Most bytes of a piece that is put together of several segments.
 *
 * Source: Exif 2.32, 4.7; ICC.1:2022, B.4; XMP part 3, 1.1.3; JFIF 1.02.
 */
export function readJpegMetadata(bytes: Uint8Array, limit: number): PictureMetadata {
  const segments = jpegSegments(bytes);
  const after = (marker: number, signature: string) =>
    segments.filter((segment) =>
      segment.marker === marker && startsWith(segment.content, signature)
    ).map(({ content }) => content.subarray(signature.length));

  const exif = after(APP1, EXIF_SIGNATURE).find(isExif)?.slice();
  const xmp = after(APP1, XMP_SIGNATURE)[0]?.slice();
  const icc = joinIcc(after(APP2, ICC_SIGNATURE));
  const app1 = segments.filter(({ marker }) => marker === APP1).map(({ content }) => content);
  const extended = xmp && readExtendedXmp(app1, xmp, limit);
  // More than one segment is one list of resources, cut where it had to be.
  const photoshop = joinBytes(after(APP13, PHOTOSHOP_SIGNATURE));
  const jfif = after(APP0, JFIF_SIGNATURE).find(({ length }) => length >= 7);
  const comments = after(COM, "").map((content) => content.slice());
  const density = jfif === undefined ? {} : readJfifDensity(jfif.subarray(2));
  return {
    ...exif === undefined ? {} : { exif },
    ...icc === undefined ? {} : { icc },
    ...xmp === undefined ? {} : { xmp },
    ...extended === undefined ? {} : { xmpExtended: extended },
    ...startsWith(photoshop, "8BIM") && photoshop.length <= limit ? { photoshop } : {},
    ...comments.length === 0 ? {} : { comments },
    ...density.dpi === undefined && exif !== undefined
      ? { ...density, ...readExifDensity(exif) }
      : density,
  };
}

/** Puts the parts of a profile together; undefined unless each is there once. */
function joinIcc(parts: readonly Uint8Array[]): Uint8Array | undefined {
  const whole = parts.filter(({ length }) => length > 2);
  const count = whole[0]?.[1];
  const sorted = whole.toSorted((a, b) => a[0]! - b[0]!);
  const isWhole = sorted.length === count &&
    sorted.every((part, i) => part[0] === i + 1 && part[1] === count);
  if (!isWhole) return undefined;
  const icc = joinBytes(sorted.map((part) => part.subarray(2)));
  return iccColourSpace(icc) === undefined ? undefined : icc;
}

/**
 * Puts metadata into a JPEG; the segments that it replaces go, all others stay. What does not fit, `jpegCanHold` says,
 * is left out.
 */
export function writeJpegMetadata(
  bytes: Uint8Array,
  metadata: PictureMetadata,
): Uint8Array<ArrayBuffer> {
  const { exif, icc, xmp, xmpExtended, photoshop } = metadata;
  const holds = jpegCanHold(metadata);
  const added: Uint8Array[] = [];
  const replaced: [number, string][] = [];
  if (exif !== undefined && holds.exif) {
    replaced.push([APP1, EXIF_SIGNATURE]);
    added.push(jpegSegment(APP1, latin1Bytes(EXIF_SIGNATURE), exif));
  }
  if (xmp !== undefined && holds.xmp) {
    replaced.push([APP1, XMP_SIGNATURE], [APP1, EXTENDED_SIGNATURE]);
    added.push(...xmpSegments(xmp, xmpExtended));
  }
  if (icc !== undefined && holds.icc) {
    replaced.push([APP2, ICC_SIGNATURE]);
    added.push(...iccSegments(icc));
  }
  if (photoshop !== undefined) {
    replaced.push([APP13, PHOTOSHOP_SIGNATURE]);
    added.push(...photoshopSegments(photoshop));
  }
  const comments = commentsOf(metadata);
  if (comments.length > 0) replaced.push([COM, ""]);
  for (const comment of comments) added.push(jpegSegment(COM, comment.subarray(0, MAX_SEGMENT)));

  const kept = jpegSegments(bytes).filter(({ marker, content }) =>
    !replaced.some(([old, signature]) => old === marker && startsWith(content, signature))
  );
  const isJfif = (segment: { marker: number; content: Uint8Array } | undefined) =>
    segment?.marker === APP0 && startsWith(segment.content, JFIF_SIGNATURE);
  const jfif = isJfif(kept[0]) ? kept.shift() : undefined;
  const density = jfifDensity(metadata) ?? (jfif && [...jfif.content.subarray(7, 12)]);
  const head = density === undefined
    ? []
    : [jpegSegment(APP0, latin1Bytes(JFIF_SIGNATURE), [1, 1, ...density, 0, 0])];
  const rest = jpegSegments(bytes).at(-1)?.end ?? 2;
  return joinBytes([
    bytes.subarray(0, 2),
    ...head,
    ...added,
    ...kept.map(({ start, end }) => bytes.subarray(start, end)),
    bytes.subarray(rest),
  ]);
}

/** Which pieces are small enough for the segments of a JPEG. */
export function jpegCanHold(
  { exif, icc, xmp }: PictureMetadata,
): { readonly exif: boolean; readonly icc: boolean; readonly xmp: boolean } {
  return {
    exif: (exif?.length ?? 0) <= MAX_JPEG_EXIF,
    icc: (icc?.length ?? 0) <= MAX_JPEG_ICC,
    xmp: (xmp?.length ?? 0) <= MAX_XMP,
  };
}

function iccSegments(icc: Uint8Array): Uint8Array[] {
  const count = Math.ceil(icc.length / MAX_ICC_PART);
  return Array.from({ length: count }, (_, i) => {
    const part = icc.subarray(i * MAX_ICC_PART, (i + 1) * MAX_ICC_PART);
    return jpegSegment(APP2, latin1Bytes(ICC_SIGNATURE), [i + 1, count], part);
  });
}

function photoshopSegments(photoshop: Uint8Array): Uint8Array[] {
  const segments: Uint8Array[] = [];
  for (let at = 0; at < photoshop.length; at += MAX_PHOTOSHOP) {
    const part = photoshop.subarray(at, at + MAX_PHOTOSHOP);
    segments.push(jpegSegment(APP13, latin1Bytes(PHOTOSHOP_SIGNATURE), part));
  }
  return segments;
}

/** Own comments, or a PNG's plain texts under that keyword. */
function commentsOf({ comments, texts }: PictureMetadata): readonly Uint8Array[] {
  if (comments !== undefined) return comments;
  const plain =
    texts?.filter(({ type, data }) => type === "tEXt" && startsWith(data, "Comment\0")) ?? [];
  return plain.map(({ data }) => new TextEncoder().encode(latin1Text(data.subarray(8))));
}
