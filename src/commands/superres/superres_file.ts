/**
 * Enlarges one picture: header, decode, mask, enlarge, encode, write.
 * @module
 */
import { writeFileAtomic } from "../../data/atomic_write.ts";
import type { DecodedImage } from "../../data/decode_image.ts";
import type { OutputFormat } from "../../data/encode_image.ts";
import { enlarge } from "../../data/enlarge.ts";
import { readImageHeader, uprightSize } from "../../data/image_header.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { withAlpha } from "../../data/with_alpha.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { UserError } from "../../errors.ts";
import type { Upscaler } from "../../methods/upscaler.ts";
import type { Budget } from "../pictures/budget.ts";
import { chooseFormat, outputPath } from "../pictures/output_place.ts";
import type { PictureJob } from "../pictures/picture_plan.ts";
import type { PlaceBook } from "../pictures/place_book.ts";
import { type InputBytes, readInput } from "../pictures/read_input.ts";
import {
  type MaskSettings,
  type PictureMask,
  readPictureMask,
  requireKnownPixel,
} from "../pictures/read_picture_mask.ts";
import type { PictureTurn } from "../pictures/run_pictures.ts";
import { checkSize } from "./check_size.ts";

/** What applies to every file of a run. */
export interface SuperresSettings extends MaskSettings {
  readonly upscaler: Upscaler;
  /** Of pictures that are enlarged at once. */
  readonly upscales: Budget;
  /** Decodes and encodes. */
  readonly codec: PictureCodec;
  readonly places: PlaceBook;
  /** A whole number of 2 or more. */
  readonly scale: number;
  readonly format: OutputFormat | undefined;
  /** Undefined if it was not asked for: WebP is then lossless. */
  readonly quality: number | undefined;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly writeStdout: (bytes: Uint8Array) => Promise<void>;
}

/** What was done for one picture. */
export interface SuperresResult {
  readonly input: string;
  readonly output: string;
  readonly status: "enlarged";
  readonly method: string;
  readonly scale: number;
  /** Of the result, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of the small picture's pixels that were hole. */
  readonly holeRatio: number;
  readonly warnings: readonly string[];
  /** From the first look at the file to the written result, waiting for other pictures included. */
  readonly elapsedMs: number;
}

/**
 * Enlarges one picture and writes it. The file appears complete or not at all.
 *
 * Alpha is enlarged bicubically; with `--mask alpha` the hole becomes opaque first, since its transparency was the
 * hole. Colours under other transparent pixels are enlarged as they are.
 *
 * @throws {UserError} If a file cannot be read, the result is too large, or cannot be written.
 */
export async function superresFile(
  job: PictureJob,
  settings: SuperresSettings,
  turn: PictureTurn,
): Promise<SuperresResult> {
  const startMs = performance.now();
  if (job.mask instanceof UserError) throw job.mask;
  const { upscaler, scale } = settings;
  const input = await readInput(job.input, settings.readStdin);
  const { name } = input;
  const header = readImageHeader(input.bytes, { name });
  const format = chooseFormat(job.output, settings.format, header.format);
  const small = uprightSize(header);
  checkSize({ name, ...small, scale, format });
  const output = outputPath(job.output, format, header.format);
  const places = await settings.places.hold(output === undefined ? [] : [output]);
  try {
    await turn.admit(small.width * small.height * scale ** 2);
    const { image, mask, warnings } = await readSmall(input, format, job.mask, settings);
    const { width, height, encoded } = await enlargeImage(image, mask, { job, format }, {
      ...settings,
      ...turn,
    });
    turn.signal.throwIfAborted();
    if (output === undefined) await settings.writeStdout(encoded);
    else await writeFileAtomic(output, encoded);
    places.keep();
    return {
      input: name,
      output: output ?? "standard output",
      status: "enlarged",
      method: upscaler.name,
      scale,
      width,
      height,
      holeRatio: mask.holePixels / (small.width * small.height),
      warnings,
      elapsedMs: performance.now() - startMs,
    };
  } finally {
    places.release();
  }
}

/** Reads picture and mask. */
async function readSmall(
  { name, bytes }: InputBytes,
  format: OutputFormat,
  job: string | undefined,
  settings: SuperresSettings,
): Promise<{ image: DecodedImage; mask: PictureMask; warnings: string[] }> {
  const { image } = await settings.codec.decode(bytes, { name });
  const { bitDepth, hasAlpha } = image;
  const about = { name, verb: "enlarge" } as const;
  const mask = await readPictureMask(job, image, { ...settings, ...about });
  requireKnownPixel(mask, image, about);
  const warnings = [
    ...bitDepth > 8 ? [`"${name}" has ${bitDepth} bits per channel, the result has 8`] : [],
    ...mask.warnings,
    ...format === "jpeg" && hasAlpha ? [`"${name}" has transparency, which JPEG cannot hold`] : [],
  ];
  return { image, mask, warnings };
}

/** Enlarges colours and alpha, and encodes. */
async function enlargeImage(
  image: DecodedImage,
  mask: PictureMask,
  { job, format }: { readonly job: PictureJob; readonly format: OutputFormat },
  { upscaler, upscales, scale, codec, quality, signal }: SuperresSettings & PictureTurn,
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
    const small = alphaOf(image, job.mask === "alpha" ? mask : undefined);
    const source = { width: image.width, height: image.height, data: small, channels: 1 };
    const alpha = await enlarge(source, { scale, signal });
    for (let pixel = 0; pixel < alpha.length; pixel++) rgba[pixel * 4 + 3] = alpha[pixel]!;
  }
  const encoded = await codec.encode({ width, height, rgba }, {
    format,
    keepAlpha: image.hasAlpha,
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
