/**
 * Metadata that fit pixels which were turned upright.
 * @module
 */
import type { PictureMetadata } from "./picture_metadata.ts";
import { resetOrientation } from "./upright_exif.ts";
import { resetXmpOrientation } from "./upright_xmp.ts";

/**
 * Sets the orientation of Exif and XMP to 1; after a quarter turn widths and heights, and densities along x and y,
 * change places.
 *
 * @param orientation The one by which the pixels were turned, 1 to 8.
 */
export function uprightMetadata(metadata: PictureMetadata, orientation: number): PictureMetadata {
  if (orientation === 1) return metadata;
  const { exif, xmp, dpi, aspect } = metadata;
  const turned = {
    ...dpi === undefined ? {} : { dpi: { x: dpi.y, y: dpi.x } },
    ...aspect === undefined ? {} : { aspect: { x: aspect.y, y: aspect.x } },
  };
  return {
    ...metadata,
    ...exif === undefined ? {} : { exif: resetOrientation(exif) },
    ...xmp === undefined ? {} : { xmp: resetXmpOrientation(xmp) },
    ...orientation >= 5 ? turned : {},
  };
}
