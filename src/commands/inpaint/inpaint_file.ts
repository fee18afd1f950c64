/**
 * Fills one picture: decode, mask, fill, encode, write.
 * @module
 */
import { extname, resolve } from "node:path";
import { type DecodedImage, decodeImage } from "../../data/decode_image.ts";
import { encodeImage, type OutputFormat } from "../../data/encode_image.ts";
import { type HoleMask, readHoleMask, resizeHoleMask } from "../../data/mask_file.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { InputError, UserError } from "../../errors.ts";
import type { FillMethod } from "../../methods/types.ts";
import { beforeAfter } from "./before_after.ts";
import { extensionOf, formatOfName, type InpaintJob } from "./inpaint_plan.ts";
import { reasonOf } from "../../system_reason.ts";

/** What applies to every file of a run. */
export interface InpaintSettings {
  readonly method: FillMethod;
  readonly invertMask: boolean;
  readonly maskThreshold: number;
  readonly strict: boolean;
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
  job: InpaintJob,
  settings: InpaintSettings,
): Promise<InpaintResult> {
  const startMs = performance.now();
  if (job.mask instanceof UserError) throw job.mask;
  const name = job.input === "-" ? "standard input" : job.input;
  const bytes = job.input === "-" ? await settings.readStdin() : await readBytes(job.input);
  const image = await decodeImage(bytes, { name });
  const warnings: string[] = [];
  if (image.bitDepth > 8) {
    warnings.push(`"${name}" has ${image.bitDepth} bits per channel, the result has 8`);
  }
  const format = chooseFormat(job, settings.format, image);
  const output = outputPath(job, format, image);
  const sheetPath = settings.sideBySide && output !== undefined ? besideOf(output) : undefined;
  for (const path of [output, sheetPath]) {
    if (path === undefined) continue;
    // The plan has looked at names; a file whose name lies about its format is found out only here.
    if (settings.taken.has(resolve(path))) {
      throw new InputError(
        `Cannot write "${path}": it is an input, a mask or a result of this run`,
      );
    }
    if (settings.overwrite || !await exists(path)) continue;
    throw new InputError(`Cannot write "${path}": it exists`, {
      hint: "Give --overwrite to replace it",
    });
  }
  const { holeMask, holePixels } = await readMask(job.mask, image, name, settings, warnings);
  const pixels = image.width * image.height;
  if (holePixels === pixels) {
    throw new InputError(
      `Cannot inpaint "${name}": the mask covers all ${pixels} pixels, some must be known`,
      { hint: "If black is the hole in your mask, give --invert-mask" },
    );
  }
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
  { mask, stem }: InpaintJob,
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

async function readMask(
  mask: string,
  image: DecodedImage,
  name: string,
  { invertMask: invert, maskThreshold: threshold, strict }: InpaintSettings,
  warnings: string[],
): Promise<Pick<HoleMask, "holeMask" | "holePixels">> {
  const isAlpha = mask === "alpha";
  if (isAlpha && !image.hasAlpha) {
    throw new InputError(
      `Cannot inpaint "${name}" with --mask alpha: it has no transparency, its hole must be transparent`,
    );
  }
  const picture = isAlpha ? image : await decodeImage(await readBytes(mask), { name: mask });
  const source = isAlpha ? "alpha" : "luma";
  const read = readHoleMask(picture, { invert, threshold, source });
  const what = isAlpha ? `alpha of "${name}"` : `mask "${mask}"`;
  if (read.softPixels > 0) {
    const problem = `${what} has ${read.softPixels} grey pixels, cut at ${threshold}`;
    if (strict) {
      throw new InputError(`Cannot inpaint "${name}": ${problem}, must be 0 with --strict`);
    }
    warnings.push(problem);
  }
  if (read.width === image.width && read.height === image.height) return read;
  const sizes = `${read.width}x${read.height}, "${name}" is ${image.width}x${image.height}`;
  if (strict) {
    throw new InputError(
      `Cannot apply ${what} to "${name}": mask is ${sizes}, must be equal with --strict`,
    );
  }
  warnings.push(`${what} is ${sizes}: resized without smoothing`);
  const holeMask = resizeHoleMask(read.holeMask, read, image);
  return { holeMask, holePixels: holeMask.reduce((sum, hole) => sum + hole, 0) };
}

function chooseFormat(
  { output }: InpaintJob,
  asked: OutputFormat | undefined,
  { format }: DecodedImage,
): OutputFormat {
  const named = output.kind === "file" ? formatOfName(output.path) : undefined;
  // GIF is read but not written: its 256 colours could not hold the result.
  return asked ?? named ?? (format === "gif" ? "png" : format);
}

function outputPath(
  { output }: InpaintJob,
  format: OutputFormat,
  image: DecodedImage,
): string | undefined {
  if (output.kind === "stdout") return undefined;
  if (output.kind === "file") return output.path;
  // The name keeps its own spelling (.JPG, .jpeg) as long as the format stays.
  const isSame = format === image.format && formatOfName(`x${output.extension}`) === format;
  return output.path + (isSame ? output.extension : extensionOf(format));
}

/** Path of the before/after picture of a result. */
function besideOf(output: string): string {
  return `${output.slice(0, output.length - extname(output).length)}.before-after.png`;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read "${path}": ${reasonOf(cause)}`, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
