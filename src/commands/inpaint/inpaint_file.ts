/**
 * Fills one picture: decode, mask, fill, encode, write.
 * @module
 */
import { extname, resolve } from "node:path";
import { type DecodedImage, decodeImage } from "../../data/decode_image.ts";
import { encodeImage, type OutputFormat } from "../../data/encode_image.ts";
import type { HoleMask } from "../../data/mask_file.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { UserError } from "../../errors.ts";
import type { FillMethod } from "../../methods/types.ts";
import { checkPlace, chooseFormat, outputPath } from "../pictures/output_place.ts";
import type { PictureJob } from "../pictures/picture_plan.ts";
import { readInput } from "../pictures/read_input.ts";
import {
  type MaskSettings,
  readPictureMask,
  requireKnownPixel,
} from "../pictures/read_picture_mask.ts";
import { beforeAfter } from "./before_after.ts";

/** What applies to every file of a run. */
export interface InpaintSettings extends MaskSettings {
  readonly method: FillMethod;
  readonly overwrite: boolean;
  readonly format: OutputFormat | undefined;
  /** Undefined if it was not asked for: WebP is then lossless. */
  readonly quality: number | undefined;
  readonly sideBySide: boolean;
  /** Resolved paths that may not be replaced: inputs, masks, and results of this run, which are added. */
  readonly taken: Set<string>;
  readonly signal: AbortSignal;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly writeStdout: (bytes: Uint8Array) => Promise<void>;
}

/** What was done for one picture. */
export interface InpaintResult {
  readonly input: string;
  readonly output: string;
  readonly status: "filled" | "unchanged";
  readonly width: number;
  readonly height: number;
  /** Share of pixels that were filled. */
  readonly holeRatio: number;
  readonly warnings: readonly string[];
  readonly elapsedMs: number;
}

/**
 * Fills one picture and writes it. The file appears complete or not at all.
 *
 * Known pixels are copied, never computed. Alpha is kept; with `--mask alpha` the filled pixels become
 * opaque, since their transparency was the hole.
 *
 * @throws {UserError} If a file cannot be read, does not fit, or the result cannot be written.
 */
export async function inpaintFile(
  job: PictureJob,
  settings: InpaintSettings,
): Promise<InpaintResult> {
  const startMs = performance.now();
  if (job.mask instanceof UserError) throw job.mask;
  const { name, bytes } = await readInput(job.input, settings.readStdin);
  const image = await decodeImage(bytes, { name });
  const warnings: string[] = [];
  if (image.bitDepth > 8) {
    warnings.push(`"${name}" has ${image.bitDepth} bits per channel, the result has 8`);
  }
  const format = chooseFormat(job.output, settings.format, image.format);
  const output = outputPath(job.output, format, image.format);
  const sheetPath = settings.sideBySide && output !== undefined ? besideOf(output) : undefined;
  for (const path of [output, sheetPath]) {
    if (path !== undefined) await checkPlace(path, settings);
  }
  const about = { name, verb: "inpaint" } as const;
  const mask = await readPictureMask(job.mask, image, { ...settings, ...about });
  warnings.push(...mask.warnings);
  const { holeMask, holePixels } = mask;
  const pixels = image.width * image.height;
  requireKnownPixel(mask, image, about);
  const filled = await fillImage(image, { holeMask, holePixels }, job, settings);
  const isUntouched = holePixels === 0 && format === image.format && !image.orientationApplied;
  if (holePixels === 0) warnings.push(`"${name}" has no hole: nothing was filled`);
  const encoded = isUntouched ? bytes : await encodeImage(
    { width: image.width, height: image.height, rgba: filled },
    {
      format,
      keepAlpha: image.hasAlpha,
      ...(settings.quality === undefined || format === "png" ? {} : { quality: settings.quality }),
    },
  );
  if (format === "jpeg" && image.hasAlpha) {
    warnings.push(`"${name}" has transparency, which JPEG cannot hold`);
  }
  if (output === undefined) await settings.writeStdout(encoded);
  else await writeFileAtomic(output, encoded);
  for (const path of [output, sheetPath]) if (path !== undefined) settings.taken.add(resolve(path));
  if (sheetPath !== undefined) {
    const sheet = await encodeImage(beforeAfter(image, holeMask, filled), {
      format: "png",
      keepAlpha: false,
    });
    await writeFileAtomic(sheetPath, sheet);
  }
  return {
    input: name,
    output: output ?? "standard output",
    status: holePixels === 0 ? "unchanged" : "filled",
    width: image.width,
    height: image.height,
    holeRatio: holePixels / pixels,
    warnings,
    elapsedMs: performance.now() - startMs,
  };
}

async function fillImage(
  image: DecodedImage,
  { holeMask, holePixels }: Pick<HoleMask, "holeMask" | "holePixels">,
  { mask, stem }: PictureJob,
  { method, signal }: InpaintSettings,
): Promise<Uint8ClampedArray> {
  const rgba = new Uint8ClampedArray(image.rgba);
  if (holePixels === 0) return rgba;
  const { width, height } = image;
  const rgb255 = withoutAlpha(rgba);
  const filled = await method.fill({ width, height, rgb255, holeMask }, { signal, stem });
  for (let i = 0; i < width * height; i++) {
    if (holeMask[i] === 0) continue;
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = filled[i * 3 + c]!;
    if (mask === "alpha") rgba[i * 4 + 3] = 255;
  }
  return rgba;
}

/** Path of the before/after picture of a result. */
function besideOf(output: string): string {
  return `${output.slice(0, output.length - extname(output).length)}.before-after.png`;
}
