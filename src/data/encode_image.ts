/**
 * Turns pixels into the bytes of an image file.
 * @module
 */
import { InputError } from "../errors.ts";
import { encodePng } from "./encode_png.ts";
import { greyPixels } from "./grey_pixels.ts";
import type { JpegSubsampling } from "./jpeg/encode_jpeg.ts";
import { iccColourSpace } from "./metadata/icc_profile.ts";
import type { PictureMetadata } from "./metadata/picture_metadata.ts";
import { writeMetadata } from "./metadata/write_metadata.ts";

/** File formats that are written. */
export type OutputFormat = "png" | "jpeg" | "webp" | "avif" | "tiff";

/** What {@linkcode encodeImage} writes. */
export interface EncodableImage {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, row-major, red first, 0 to 255, colour not multiplied by alpha. */
  readonly rgba: Uint8ClampedArray | Uint8Array;
  /** The same with 16 bits, 0 to 65535. A format that holds 16 bits takes it, another one takes `rgba`. */
  readonly rgba16?: Uint16Array;
}

/** Options of {@linkcode encodeImage}. */
export interface EncodeImageOptions {
  /** Of the file. */
  readonly format: OutputFormat;
  /**
   * Whole number, 1 (small) to 100 (faithful). PNG and TIFF ignore it. For WebP and AVIF a given quality means lossy
   * compression.
   * @default 95 for JPEG, lossless for WebP and AVIF
   */
  readonly quality?: number;
  /** True writes alpha as it is; false writes an opaque picture. JPEG is always opaque. */
  readonly keepAlpha: boolean;
  /**
   * True writes one sample for red, green and blue where the format can: PNG, JPEG and TIFF. Pixels that are not grey
   * become their luma (ITU-R BT.601).
   * @default false
   */
  readonly isGrey?: boolean;
  /**
   * How often a JPEG samples colour.
   * @default "4:4:4"
   */
  readonly subsampling?: JpegSubsampling;
  /**
   * Bits per channel of the file that `rgba16` comes from, with which an AVIF of 10 bits stays one.
   * @default 16
   */
  readonly bitDepth?: number;
  /**
   * What is written beside the pixels, as far as the format can hold it: `metadataLosses` names the rest. A colour
   * profile for pixels of another kind (grey, CMYK) is left out.
   * @default nothing
   */
  readonly metadata?: PictureMetadata;
}

/** Largest side in pixels that the format can state. */
export const MAX_SIDE: Readonly<Record<OutputFormat, number>> = {
  png: 0x7fffffff,
  jpeg: 0xffff,
  webp: 16383,
  avif: 32768, // more is refused by libavif when it decodes
  tiff: 0xffffffff,
};

/** Names for messages. */
export const FORMAT_LABELS: Readonly<Record<OutputFormat, string>> = {
  png: "PNG",
  jpeg: "JPEG",
  webp: "WebP",
  avif: "AVIF",
  tiff: "TIFF",
};

/** Formats that can hold a picture of one sample for red, green and blue. */
const HOLDS_GREY = new Set<OutputFormat>(["png", "jpeg", "tiff"]);

/**
 * Lossless WebP effort: method 1 is five times as fast as the default 4 and 7 % larger on photographs.
 * `exact` keeps the colour under alpha 0.
 */
const WEBP_LOSSLESS = { lossless: 1, exact: 1, method: 1, quality: 20 };

/**
 * Encodes a picture. PNG and TIFF, of 8 bits and of 16, and WebP and AVIF without a quality return every bit of the
 * samples that are written when they are decoded (with `keepAlpha` false alpha is the largest value); AVIF has 12 bits
 * of 16 at most. The same pixels and metadata give
 * the same bytes: no time and no program name is written.
 *
 * @throws {InputError} If a side is too long for the format.
 * @throws {RangeError} If `rgba` or `rgba16` does not fit the size, or the quality is no whole number
 * from 1 to 100.
 */
export async function encodeImage(
  image: EncodableImage,
  options: EncodeImageOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  requireFit(image, options);
  const { format } = options;
  const isGrey = options.isGrey === true && HOLDS_GREY.has(format);
  const metadata = withFittingProfile(options.metadata ?? {}, isGrey);
  const bytes = await encodePixels(image, { ...options, isGrey, metadata });
  // A TIFF is laid out around its metadata.
  return format === "tiff" ? bytes : writeMetadata(bytes, format, metadata);
}

function requireFit(
  { width, height, rgba, rgba16 }: EncodableImage,
  { format, quality }: EncodeImageOptions,
): void {
  const length = width * height * 4;
  const wrong = [rgba, rgba16].find((samples) =>
    samples !== undefined && samples.length !== length
  );
  if (!(width >= 1 && height >= 1) || wrong !== undefined) {
    const found = `${(wrong ?? rgba).length} ${
      wrong !== undefined && wrong === rgba16 ? "values" : "bytes"
    }`;
    throw new RangeError(
      `Cannot encode image: it has ${found}, ${width}x${height} needs ${length}`,
    );
  }
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new RangeError(
      `Cannot encode image: quality is ${quality}, must be a whole number from 1 to 100`,
    );
  }
  if (Math.max(width, height) > MAX_SIDE[format]) {
    throw new InputError(
      `Cannot encode image as ${
        FORMAT_LABELS[format]
      }: it is ${width}x${height}, no side may exceed ${MAX_SIDE[format]} pixels`,
      { hint: "Choose PNG, which has no such limit" },
    );
  }
}

type PixelOptions = EncodeImageOptions & {
  readonly isGrey: boolean;
  readonly metadata: PictureMetadata;
};

/** Encoders load on first need: most runs write one format. */
async function encodePixels(
  image: EncodableImage,
  options: PixelOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { format, quality, keepAlpha, isGrey, subsampling = "4:4:4", metadata } = options;
  switch (format) {
    case "png":
      return await encodePng(isGrey ? greyPixels(image) : image, { keepAlpha, isGrey });
    case "jpeg": {
      const { encodeJpeg } = await import("./jpeg/encode_jpeg.ts");
      return await encodeJpeg(image, { quality: quality ?? 95, subsampling, isGrey });
    }
    case "webp":
      return await encodeWebp(image, { quality, keepAlpha });
    case "tiff": {
      const { encodeTiff } = await import("./tiff/encode_tiff.ts");
      return await encodeTiff(isGrey ? greyPixels(image) : image, { keepAlpha, isGrey, metadata });
    }
    case "avif": {
      const { encodeAvif } = await import("./avif/encode_avif.ts");
      return await encodeAvif(image, {
        keepAlpha,
        ...quality === undefined ? {} : { quality },
        bitDepth: (options.bitDepth ?? 16) <= 10 ? 10 : 12,
      });
    }
  }
}

/** Leaves a profile out that the pixels could not be read with. */
function withFittingProfile(metadata: PictureMetadata, isGrey: boolean): PictureMetadata {
  const { icc, ...rest } = metadata;
  const space = icc && iccColourSpace(icc);
  return space === "CMYK" || (space === "GRAY" && !isGrey) ? rest : metadata;
}

async function encodeWebp(
  image: EncodableImage,
  { quality, keepAlpha }: { readonly quality: number | undefined; readonly keepAlpha: boolean },
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: encode } = await import("@jsquash/webp/encode.js");
  const rgba = new Uint8ClampedArray(image.rgba);
  if (!keepAlpha) { for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255; }
  const picture = new ImageData(rgba, image.width, image.height);
  return new Uint8Array(await encode(picture, quality === undefined ? WEBP_LOSSLESS : { quality }));
}
