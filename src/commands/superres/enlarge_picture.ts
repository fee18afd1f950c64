/**
 * The work on the pixels of one picture: decode, read the hole, enlarge, encode.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";
import type { OutputFormat } from "../../data/encode_image.ts";
import { enlarge } from "../../data/enlarge.ts";
import { uprightSize } from "../../data/image_header.ts";
import { dropPreviews } from "../../data/metadata/drop_previews.ts";
import { setExifPixelSize } from "../../data/metadata/upright_exif.ts";
import type { PictureMetadata } from "../../data/metadata/picture_metadata.ts";
import { metadataLosses } from "../../data/metadata/write_metadata.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { withAlpha } from "../../data/with_alpha.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import type { Upscaler } from "../../methods/upscaler.ts";
import type { Budget } from "../pictures/budget.ts";
import type { MadePicture, PictureTask, PictureWork } from "../pictures/picture_work.ts";
import { isAlphaHole } from "../pictures/mask_source.ts";
import {
  type PictureMask,
  readPictureMask,
  requireKnownPixel,
} from "../pictures/read_picture_mask.ts";
import type { PictureTurn } from "../pictures/run_pictures.ts";
import { checkSize } from "./check_size.ts";

/** What applies to every picture of a run. */
export interface EnlargeSettings {
  readonly upscaler: Upscaler;
  /** Of pictures that are enlarged at once. */
  readonly upscales: Budget;
  /** Decodes and encodes. */
  readonly codec: PictureCodec;
  /** A whole number of 2 or more. */
  readonly scale: number;
  /** Undefined if it was not asked for: WebP is then lossless. */
  readonly quality: number | undefined;
}

/**
 * Makes the work of `superres`.
 *
 * Alpha is enlarged bicubically; where transparency was the hole, it becomes opaque first. Colours under other transparent
 * pixels are enlarged as they are. Metadata go along, but previews and the density, which are of the small picture.
 */
export function enlargeWork(settings: EnlargeSettings): PictureWork {
  const { scale } = settings;
  return {
    check: ({ input: { name }, header, format }) =>
      checkSize({ name, ...uprightSize(header), scale, format }),
    pixelsOf: ({ width, height }) => width * height * scale ** 2,
    make: (task) => enlargePicture(task, settings),
  };
}

async function enlargePicture(
  { input: { name, bytes }, format, mask: sources, masks, turn }: PictureTask,
  settings: EnlargeSettings,
): Promise<MadePicture> {
  const { upscaler, scale } = settings;
  const { image } = await settings.codec.decode(bytes, { name, sixteenBits: false });
  const { bitDepth, hasAlpha } = image;
  const about = { name, verb: "enlarge" } as const;
  const mask = await readPictureMask(sources, image, { ...masks, ...about });
  requireKnownPixel(mask, image, about);
  const opaque = isAlphaHole(sources) ? mask : undefined;
  const { width, height, encoded } = await enlargeImage(image, mask, { opaque, format }, {
    ...settings,
    ...turn,
  });
  const losses = metadataLosses(image.metadata, format);
  return {
    ...{ status: "enlarged", encoded, width, height },
    holeRatio: mask.holePixels / (image.width * image.height),
    warnings: [
      ...bitDepth > 8 ? [`"${name}" has ${bitDepth} bits per channel, the result has 8`] : [],
      ...image.warnings.map((warning) => `"${name}": ${warning}`),
      ...mask.warnings,
      ...format === "jpeg" && hasAlpha
        ? [`"${name}" has transparency, which JPEG cannot hold`]
        : [],
      ...losses.length === 0
        ? []
        : [`"${name}" has ${losses.join(", ")}: the result cannot hold that`],
    ],
    more: { method: upscaler.name, scale },
  };
}

/** What is true of the enlarged picture too. */
function metadataOf(
  { metadata }: DecodedImage,
  size: { width: number; height: number },
): PictureMetadata {
  const { dpi: _, exif, ...rest } = dropPreviews(metadata);
  return { ...rest, ...(exif === undefined ? {} : { exif: setExifPixelSize(exif, size) }) };
}

/** Enlarges colours and alpha, and encodes. */
async function enlargeImage(
  image: DecodedImage,
  mask: PictureMask,
  { opaque, format }: {
    readonly opaque: PictureMask | undefined;
    readonly format: OutputFormat;
  },
  { upscaler, upscales, scale, codec, quality, signal }: EnlargeSettings & PictureTurn,
): Promise<{ width: number; height: number; encoded: Uint8Array }> {
  const leave = await upscales.take(1);
  let large: Awaited<ReturnType<Upscaler["upscale"]>>;
  try {
    signal.throwIfAborted();
    large = await upscaler.upscale({
      width: image.width,
      height: image.height,
      rgb255: withoutAlpha(image.rgba),
      ...(mask.holePixels === 0 ? {} : { holeMask: mask.holeMask }),
    }, { scale, signal });
  } finally {
    leave();
  }
  const { width, height } = large;
  const rgba = withAlpha(large.rgb255);
  if (image.hasAlpha && format !== "jpeg") {
    const small = alphaOf(image, opaque);
    const source = { width: image.width, height: image.height, data: small, channels: 1 };
    const alpha = await enlarge(source, { scale, signal });
    for (let pixel = 0; pixel < alpha.length; pixel++) rgba[pixel * 4 + 3] = alpha[pixel]!;
  }
  const encoded = await codec.encode({ width, height, rgba }, {
    format,
    ...{ keepAlpha: image.hasAlpha, isGrey: image.isGrey },
    metadata: metadataOf(image, { width, height }),
    ...(quality === undefined || format === "png" ? {} : { quality }),
  });
  return { width, height, encoded };
}

/** Alpha of a picture, `[height, width]`; opaque in the hole if there is one. */
function alphaOf({ rgba }: DecodedImage, mask: PictureMask | undefined): Uint8Array {
  const alpha = new Uint8Array(rgba.length / 4);
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    alpha[pixel] = mask?.holeMask[pixel] === 1 ? 255 : rgba[pixel * 4 + 3]!;
  }
  return alpha;
}
