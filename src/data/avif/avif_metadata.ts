/**
 * What an AVIF file says beside its pixels.
 * @module
 */
import { readExifDensity } from "../metadata/density.ts";
import { isExif } from "../metadata/exif_directory.ts";
import { iccColourSpace } from "../metadata/icc_profile.ts";
import type { PictureMetadata } from "../metadata/picture_metadata.ts";
import { avifItemBytes, type AvifItems, readAvifItems } from "./avif_items.ts";

/**
 * Reads EXIF, XMP and colour profile. A damaged block is left out. Resolution has no place but in EXIF.
 *
 * @param bytes The whole file.
 *
 * Source: ISO/IEC 23008-12 annex A; ISO/IEC 14496-12 section 12.1.5.
 */
export function readAvifMetadata(bytes: Uint8Array): PictureMetadata {
  try {
    const found = readAvifItems(bytes);
    const exif = readExif(bytes, found);
    const xmp = described(found).find(({ type, contentType }) =>
      type === "mime" && contentType === "application/rdf+xml"
    );
    const icc = readProfile(bytes, found);
    return {
      ...(exif === undefined ? {} : { exif, ...readExifDensity(exif) }),
      ...(icc === undefined ? {} : { icc }),
      ...(xmp === undefined ? {} : { xmp: avifItemBytes(bytes, xmp).slice() }),
    };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Items that describe the primary picture. */
function described({ primary, items, references }: AvifItems) {
  return references.filter(({ type, to }) => type === "cdsc" && to.includes(primary.id))
    .map(({ from }) => items.get(from)).filter((item) => item !== undefined);
}

/** The item begins with the distance to the byte order mark. */
function readExif(bytes: Uint8Array, found: AvifItems): Uint8Array | undefined {
  const item = described(found).find(({ type }) => type === "Exif");
  if (item === undefined) return undefined;
  const block = avifItemBytes(bytes, item);
  if (block.length < 12) return undefined;
  const distance = new DataView(block.buffer, block.byteOffset, 4).getUint32(0);
  const tiff = block.slice(4 + distance);
  return isExif(tiff) ? tiff : undefined;
}

function readProfile(bytes: Uint8Array, { primary }: AvifItems): Uint8Array | undefined {
  for (const { type, start, end } of primary.properties) {
    if (type !== "colr" || end - start < 4) continue;
    const kind = String.fromCharCode(...bytes.subarray(start, start + 4));
    if (kind !== "prof" && kind !== "rICC") continue;
    const icc = bytes.slice(start + 4, end);
    return iccColourSpace(icc) === undefined ? undefined : icc;
  }
  return undefined;
}
