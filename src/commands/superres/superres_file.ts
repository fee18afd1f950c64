/**
 * Enlarges one picture: header, decode, mask, enlarge, encode, write.
 * @module
 */
import { resolve } from "node:path";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { type DecodedImage, decodeImage } from "../../data/decode_image.ts";
import { encodeImage, type OutputFormat } from "../../data/encode_image.ts";
import { enlarge } from "../../data/enlarge.ts";
import { readImageHeader, uprightSize } from "../../data/image_header.ts";
import { withAlpha } from "../../data/with_alpha.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { UserError } from "../../errors.ts";
import type { Upscaler } from "../../methods/upscaler.ts";
import { checkPlace, chooseFormat, outputPath } from "../pictures/output_place.ts";
import type { PictureJob } from "../pictures/picture_plan.ts";
import { readInput } from "../pictures/read_input.ts";
import {
  type MaskSettings,
  type PictureMask,
  readPictureMask,
  requireKnownPixel,
} from "../pictures/read_picture_mask.ts";
import { checkSize } from "./check_size.ts";

/** What applies to every file of a run. */
export interface SuperresSettings extends MaskSettings {
  readonly upscaler: Upscaler;
  /** A whole number of 2 or more. */
  readonly scale: number;
  readonly overwrite: boolean;
  readonly format: OutputFormat | undefined;
  /** Undefined if it was not asked for: WebP is then lossless. */
  readonly quality: number | undefined;
  /** Resolved paths that may not be replaced: inputs, masks, and results of this run, which are added. */
  readonly taken: Set<string>;
  readonly signal: AbortSignal;
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
): Promise<SuperresResult> {
  const startMs = performance.now();
  if (job.mask instanceof UserError) throw job.mask;
  const { upscaler, scale, quality, signal } = settings;
  const { name, bytes } = await readInput(job.input, settings.readStdin);
  const header = readImageHeader(bytes, { name });
  const format = chooseFormat(job.output, settings.format, header.format);
  checkSize({ name, ...uprightSize(header), scale, format });
  const output = outputPath(job.output, format, header.format);
  if (output !== undefined) await checkPlace(output, settings);
  const image = await decodeImage(bytes, { name });
  const warnings: string[] = [];
  if (image.bitDepth > 8) {
    warnings.push(`"${name}" has ${image.bitDepth} bits per channel, the result has 8`);
  }
  const about = { name, verb: "enlarge" } as const;
  const mask = await readPictureMask(job.mask, image, { ...settings, ...about });
  requireKnownPixel(mask, image, about);
  warnings.push(...mask.warnings);
  const { holePixels, holeMask } = mask;
  const { width, height, rgb255 } = await upscaler.upscale({
    width: image.width,
    height: image.height,
    rgb255: withoutAlpha(image.rgba),
    ...(holePixels === 0 ? {} : { holeMask }),
  }, { scale, signal });
  const rgba = withAlpha(rgb255);
  if (image.hasAlpha && format !== "jpeg") {
    const small = alphaOf(image, job.mask === "alpha" ? mask : undefined);
    const source = { width: image.width, height: image.height, data: small, channels: 1 };
    const alpha = await enlarge(source, { scale, signal });
    for (let pixel = 0; pixel < alpha.length; pixel++) rgba[pixel * 4 + 3] = alpha[pixel]!;
  }
  const encoded = await encodeImage({ width, height, rgba }, {
    format,
    keepAlpha: image.hasAlpha,
    ...(quality === undefined || format === "png" ? {} : { quality }),
  });
  if (format === "jpeg" && image.hasAlpha) {
    warnings.push(`"${name}" has transparency, which JPEG cannot hold`);
  }
  signal.throwIfAborted();
  if (output === undefined) await settings.writeStdout(encoded);
  else {
    await writeFileAtomic(output, encoded);
    settings.taken.add(resolve(output));
  }
  return {
    input: name,
    output: output ?? "standard output",
    status: "enlarged",
    method: upscaler.name,
    scale,
    width,
    height,
    holeRatio: holePixels / (image.width * image.height),
    warnings,
    elapsedMs: performance.now() - startMs,
  };
}

/** Alpha of a picture, `[height, width]`; opaque in the hole if there is one. */
function alphaOf({ rgba }: DecodedImage, mask: PictureMask | undefined): Uint8Array {
  const alpha = new Uint8Array(rgba.length / 4);
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    alpha[pixel] = mask?.holeMask[pixel] === 1 ? 255 : rgba[pixel * 4 + 3]!;
  }
  return alpha;
}
