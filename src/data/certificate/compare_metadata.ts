/**
 * Comparing the metadata of two files, as far as the second one's format can hold it.
 * @module
 */
import type { ImageFormat } from "../image_header.ts";
import { readExifDensity } from "../metadata/density.ts";
import { dropPreviews } from "../metadata/drop_previews.ts";
import { hasThumbnail } from "../metadata/exif_thumbnail.ts";
import { iccColourSpace } from "../metadata/icc_profile.ts";
import { jpegCanHold } from "../metadata/jpeg_metadata.ts";
import type { PictureMetadata } from "../metadata/picture_metadata.ts";
import { commentText } from "../metadata/png_text.ts";
import type { MetadataFindings } from "./certificate.ts";
import { compareExif } from "./compare_exif.ts";

/** Two files' metadata, for upright pixels. */
export interface MetadataComparisonRequest {
  readonly before: PictureMetadata;
  readonly after: PictureMetadata;
  /** Format of the written file. */
  readonly format: ImageFormat;
  /** True if the written file has one colour sample. */
  readonly isGrey: boolean;
}

type Piece = Exclude<keyof PictureMetadata, "xmpExtended">;

/** Pieces with their names for a sentence. */
const NAMES: Readonly<Record<Piece, string>> = {
  exif: "Exif",
  icc: "colour profile",
  xmp: "XMP",
  photoshop: "IPTC",
  dpi: "resolution",
  aspect: "shape of pixels",
  comments: "comments",
  texts: "text chunks",
  colourChunks: "colour chunks",
};

/** What a format has a place for. */
const PLACES: Readonly<Record<ImageFormat, readonly Piece[]>> = {
  png: ["exif", "icc", "xmp", "photoshop", "dpi", "aspect", "texts", "colourChunks"],
  jpeg: ["exif", "icc", "xmp", "photoshop", "dpi", "aspect", "comments"],
  tiff: ["exif", "icc", "xmp", "photoshop", "dpi", "aspect"],
  webp: ["exif", "icc", "xmp", "dpi"],
  avif: ["exif", "icc", "xmp", "dpi"],
  gif: [],
  bmp: [],
};

/**
 * Pixels per inch by which a resolution may differ: PNG counts in whole pixels per metre, which is 0.0127 from any
 * number, JFIF in whole ones per inch or centimetre.
 */
const DPI_TOLERANCE: Readonly<Partial<Record<ImageFormat, number>>> = { jpeg: 0.5 };

/**
 * Compares what must be kept: everything but previews of the old picture, the orientation and sizes in pixels.
 *
 * @returns `none` if there is nothing to be kept.
 */
export function compareMetadata(
  request: MetadataComparisonRequest,
): "same" | "none" | MetadataFindings {
  const { format } = request;
  const before = dropPreviews(asHeldBy(format, request.before));
  const after = dropPreviews(request.after);
  const pieces = (Object.keys(NAMES) as Piece[]).filter((piece) => before[piece] !== undefined);
  if (pieces.length === 0) return "none";
  const lost: string[] = [];
  const changed: string[] = [];
  const unsupported: string[] = [];
  for (const piece of pieces) {
    const name = NAMES[piece];
    if (after[piece] === undefined) {
      const isHeld = PLACES[format].includes(piece) && fits(before, piece, request);
      (isHeld ? lost : unsupported).push(name);
    } else if (piece === "exif") {
      const exif = compareExif(before.exif!, after.exif!);
      lost.push(...exif.lost);
      changed.push(...exif.changed);
    } else if (!isSame(before[piece], after[piece], DPI_TOLERANCE[format] ?? 0.02)) {
      changed.push(name);
    }
  }
  const { exif } = request.after;
  if (exif !== undefined && request.before.exif !== undefined && hasThumbnail(exif)) {
    changed.push("thumbnail, which shows the old picture");
  }
  const isAllSame = lost.length + changed.length + unsupported.length === 0;
  return isAllSame ? "same" : { lost, changed, unsupported };
}

/** The comments of a JPEG are chunks of text in a PNG. */
function asHeldBy(format: ImageFormat, metadata: PictureMetadata): PictureMetadata {
  const { comments, ...rest } = metadata;
  if (format !== "png" || comments === undefined) return metadata;
  return { texts: comments.map(commentText), ...rest };
}

/** False for a piece that is too long, has its place in another one, or is a profile of another kind of colour. */
function fits(
  metadata: PictureMetadata,
  piece: Piece,
  { format, isGrey }: MetadataComparisonRequest,
): boolean {
  if (piece === "icc" && isGrey !== (iccColourSpace(metadata.icc!) === "GRAY")) return false;
  // They have no place for a resolution but in Exif.
  if (piece === "dpi" && (format === "webp" || format === "avif")) {
    return metadata.exif === undefined || readExifDensity(metadata.exif).dpi !== undefined;
  }
  if (format !== "jpeg") return true;
  const holds = jpegCanHold(metadata);
  return piece === "exif" || piece === "icc" || piece === "xmp" ? holds[piece] : true;
}

/** Compares bytes, densities, lists and records of them. */
function isSame(a: unknown, b: unknown, tolerance: number): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  }
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= tolerance;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size &&
    left.every(([key, value]) => isSame(value, right.get(key), tolerance));
}
