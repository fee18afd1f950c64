/**
 * Small pictures of what a file showed before it was changed.
 * @module
 */
import { dropThumbnail, hasThumbnail } from "./exif_thumbnail.ts";
import { withoutPhotoshopThumbnails } from "./photoshop_resources.ts";
import type { PictureMetadata } from "./picture_metadata.ts";
import { withoutXmpPreviews } from "./xmp_previews.ts";

/**
 * Takes every preview out that is in a known place: the thumbnail of Exif, those of Photoshop and of XMP, and the
 * second XMP packet of a JPEG, which holds whole originals where phones blur the background. They show the picture as
 * it was, so they are neither true nor, if something was removed for good reason, harmless.
 *
 * Previews inside maker notes stay: `exif_thumbnail.ts` says why.
 */
export function dropPreviews(metadata: PictureMetadata): PictureMetadata {
  const { xmpExtended: _, photoshop: resources, ...rest } = metadata;
  const { exif, xmp } = rest;
  const photoshop = resources && withoutPhotoshopThumbnails(resources);
  return {
    ...rest,
    ...exif === undefined || !hasThumbnail(exif) ? {} : { exif: dropThumbnail(exif) },
    ...photoshop === undefined || photoshop.length === 0 ? {} : { photoshop },
    ...xmp === undefined ? {} : { xmp: withoutXmpPreviews(xmp) },
  };
}
