/**
 * A filled picture as a file that keeps all that the input's was.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";
import type { OutputFormat } from "../../data/encode_image.ts";
import type { JpegDescription } from "../../data/jpeg/describe_jpeg.ts";
import { dropJpegPreviews } from "../../data/metadata/drop_jpeg_previews.ts";
import { dropPreviews } from "../../data/metadata/drop_previews.ts";
import { metadataLosses } from "../../data/metadata/write_metadata.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { InputError } from "../../errors.ts";
import type { PictureMask } from "../pictures/read_picture_mask.ts";

/** Bits per channel that a format holds; the others hold 8. */
const MOST_BITS: Readonly<Partial<Record<OutputFormat, number>>> = { png: 16, tiff: 16, avif: 12 };

/** No two lossless encoders differ by that factor: a WebP or AVIF that grows so was compressed with loss. */
const MUCH_LARGER = 3;

/** A picture whose hole was filled. */
export interface FilledPicture {
  readonly name: string;
  /** The input file. */
  readonly bytes: Uint8Array;
  /** Its pixels, filled; they may be gone afterwards. */
  readonly image: DecodedImage;
  readonly mask: Pick<PictureMask, "holeMask" | "holePixels">;
  /** Of the result. */
  readonly format: OutputFormat;
  /** By which the stored pixels were turned, 1 to 8. */
  readonly orientation: number;
}

/** Options of {@linkcode encodeFilled}. */
export interface EncodeFilledOptions {
  readonly codec: Pick<PictureCodec, "encode" | "patch">;
  /** Undefined if it was not asked for. */
  readonly quality: number | undefined;
}

/**
 * Encodes a filled picture. A JPEG that stays one, at no quality asked for, keeps the coefficients of every block that the
 * hole does not touch, its orientation and all that it says of itself. Everything else is encoded anew, upright, with
 * the metadata that the format can hold; grey stays grey and 16 bits stay 16 where it can. Previews of the picture as it
 * was are left out.
 *
 * @returns The file, and what was lost, in sentences.
 */
export async function encodeFilled(
  { name, bytes, image, mask, format, orientation }: FilledPicture,
  { codec, quality }: EncodeFilledOptions,
): Promise<{ encoded: Uint8Array; warnings: string[] }> {
  const { width, height, rgba16, hasAlpha, isGrey, bitDepth, colourSpace } = image;
  let rgba: Uint8Array | Uint8ClampedArray = image.rgba;
  const metadata = mask.holePixels === 0 ? image.metadata : dropPreviews(image.metadata);
  const isJpeg = format === "jpeg" && image.format === "jpeg";
  const described = isJpeg ? await describe(bytes) : undefined;
  let refusal: string | undefined;
  if (isJpeg && quality === undefined && colourSpace !== "cmyk") {
    // The hole may be shared with other pictures, and what is patched may be moved away.
    const patch = { rgba, holeMask: mask.holeMask.slice(), orientation };
    const back = await codec.patch(bytes, patch);
    if (back.patched !== undefined) {
      const { bytes: encoded, droppedBytes } = back.patched;
      const warnings = droppedBytes === 0
        ? []
        : [`"${name}" has ${droppedBytes} bytes behind its end (previews, a film): left out`];
      return { encoded: dropJpegPreviews(encoded), warnings };
    }
    refusal = back.refusal;
    // What was handed over comes back.
    rgba = back.patch.rgba;
  }
  const losses = metadataLosses(metadata, format);
  const kept = Math.min(bitDepth, MOST_BITS[format] ?? 8);
  const warnings = [
    ...refusal === undefined ? [] : [`"${name}" is encoded anew, all of it: ${refusal}`],
    ...kept === bitDepth
      ? []
      : [`"${name}" has ${bitDepth} bits per channel, the result has ${kept}`],
    ...format === "jpeg" && hasAlpha ? [`"${name}" has transparency, which JPEG cannot hold`] : [],
    ...colourSpace === "cmyk" ? [`"${name}" is CMYK, the result is RGB without its profile`] : [],
    ...losses.length === 0
      ? []
      : [`"${name}" has ${losses.join(", ")}: the result cannot hold that`],
  ];
  const jpegQuality = quality ?? described?.quality;
  const encoded = await codec.encode(
    { width, height, rgba, ...(rgba16 === undefined ? {} : { rgba16 }) },
    {
      ...{ format, keepAlpha: hasAlpha, isGrey, metadata, bitDepth },
      ...(jpegQuality === undefined ? {} : { quality: jpegQuality }),
      ...(described === undefined ? {} : subsamplingOf(described.subsampling)),
    },
  );
  const growth = encoded.length / bytes.length;
  const mayBeLossy = format === image.format && (format === "webp" || format === "avif");
  if (mayBeLossy && quality === undefined && growth > MUCH_LARGER) {
    warnings.push(
      `"${name}" was compressed with loss, the result is not and ${growth.toFixed(1)} times as ` +
        "large: --quality 90 makes it small and changes known pixels a little",
    );
  }
  return { encoded, warnings };
}

/** Undefined for a file that a decoder shows and that is damaged all the same. */
async function describe(bytes: Uint8Array): Promise<JpegDescription | undefined> {
  const { describeJpeg } = await import("../../data/jpeg/describe_jpeg.ts");
  try {
    return describeJpeg(bytes);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Colour is sampled as in the input, where that is one of the usual ways. */
function subsamplingOf(kind: string): { subsampling?: "4:4:4" | "4:2:2" | "4:2:0" } {
  return kind === "4:2:0" || kind === "4:2:2" || kind === "4:4:4" ? { subsampling: kind } : {};
}
