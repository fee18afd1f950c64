/**
 * Fills one picture: decode, mask, fill, encode, write.
 * @module
 */
import { extname } from "node:path";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import type { OutputFormat } from "../../data/encode_image.ts";
import { readImageHeader } from "../../data/image_header.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { UserError } from "../../errors.ts";
import type { FillMethod } from "../../methods/types.ts";
import type { Budget } from "../pictures/budget.ts";
import { chooseFormat, outputPath } from "../pictures/output_place.ts";
import type { PictureJob } from "../pictures/picture_plan.ts";
import type { HeldPlaces, PlaceBook } from "../pictures/place_book.ts";
import { type InputBytes, readInput } from "../pictures/read_input.ts";
import {
  type MaskSettings,
  type PictureMask,
  readPictureMask,
  requireKnownPixel,
} from "../pictures/read_picture_mask.ts";
import type { PictureTurn } from "../pictures/run_pictures.ts";
import { beforeAfter } from "./before_after.ts";

/** What applies to every file of a run. */
export interface InpaintSettings extends MaskSettings {
  readonly method: FillMethod;
  /** Of fills at once: a method that takes one picture after the other has a budget of 1. */
  readonly fills: Budget;
  /** Decodes and encodes. */
  readonly codec: PictureCodec;
  readonly places: PlaceBook;
  readonly format: OutputFormat | undefined;
  /** Undefined if it was not asked for: WebP is then lossless. */
  readonly quality: number | undefined;
  readonly sideBySide: boolean;
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
  /** From the first look at the file to the written result, waiting for other pictures included. */
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
  turn: PictureTurn,
): Promise<InpaintResult> {
  const startMs = performance.now();
  if (job.mask instanceof UserError) throw job.mask;
  const input = await readInput(job.input, settings.readStdin);
  const header = readImageHeader(input.bytes, { name: input.name });
  const format = chooseFormat(job.output, settings.format, header.format);
  const output = outputPath(job.output, format, header.format);
  const sheetPath = settings.sideBySide && output !== undefined ? besideOf(output) : undefined;
  const paths = [output, sheetPath].filter((path) => path !== undefined);
  const places = await settings.places.hold(paths);
  try {
    await turn.admit(header.width * header.height);
    const { damaged, warnings } = await readDamaged(input, format, job.mask, settings);
    const { width, height, holePixels } = damaged;
    turn.signal.throwIfAborted();
    await fillDamaged(damaged, job, settings, turn);
    await writeFilled(damaged, { format, output, sheetPath, places }, settings);
    return {
      input: input.name,
      output: output ?? "standard output",
      status: holePixels === 0 ? "unchanged" : "filled",
      width,
      height,
      holeRatio: holePixels / (width * height),
      warnings,
      elapsedMs: performance.now() - startMs,
    };
  } finally {
    places.release();
  }
}

/** A picture between reading and writing. */
interface Damaged extends Omit<PictureMask, "warnings"> {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** `[height, width, 4]`; the hole is filled in place. */
  readonly rgba: Uint8ClampedArray;
  /** The file, if it is the result already. */
  readonly untouched: Uint8Array | undefined;
}

/** Reads picture and mask; of the file nothing stays in memory but what is written again. */
async function readDamaged(
  { name, bytes: file }: InputBytes,
  format: OutputFormat,
  job: string | undefined,
  settings: InpaintSettings,
): Promise<{ damaged: Damaged; warnings: string[] }> {
  const { image, bytes } = await settings.codec.decode(file, { name });
  const { width, height, hasAlpha, bitDepth, rgba } = image;
  const about = { name, verb: "inpaint" } as const;
  const mask = await readPictureMask(job, image, { ...settings, ...about });
  requireKnownPixel(mask, image, about);
  const { holeMask, holePixels } = mask;
  const isUntouched = holePixels === 0 && format === image.format && !image.orientationApplied;
  const warnings = [
    ...bitDepth > 8 ? [`"${name}" has ${bitDepth} bits per channel, the result has 8`] : [],
    ...mask.warnings,
    ...holePixels === 0 ? [`"${name}" has no hole: nothing was filled`] : [],
    ...format === "jpeg" && hasAlpha ? [`"${name}" has transparency, which JPEG cannot hold`] : [],
  ];
  const untouched = isUntouched ? bytes : undefined;
  return { damaged: { width, height, hasAlpha, rgba, holeMask, holePixels, untouched }, warnings };
}

async function fillDamaged(
  { width, height, rgba, holeMask, holePixels }: Damaged,
  { mask, stem }: PictureJob,
  { method, fills }: InpaintSettings,
  { signal }: PictureTurn,
): Promise<void> {
  if (holePixels === 0) return;
  const rgb255 = withoutAlpha(rgba);
  const leave = await fills.take(1);
  let filled: Uint8Array;
  try {
    signal.throwIfAborted();
    filled = await method.fill({ width, height, rgb255, holeMask }, { signal, stem });
  } finally {
    leave();
  }
  for (let i = 0; i < width * height; i++) {
    if (holeMask[i] === 0) continue;
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = filled[i * 3 + c]!;
    if (mask === "alpha") rgba[i * 4 + 3] = 255;
  }
}

/** Where a result goes. */
interface Destination {
  readonly format: OutputFormat;
  /** Undefined for standard output. */
  readonly output: string | undefined;
  readonly sheetPath: string | undefined;
  readonly places: HeldPlaces;
}

/** Writes the result, then the before/after picture; the pixels may be gone afterwards. */
async function writeFilled(
  { width, height, rgba, hasAlpha: keepAlpha, holeMask, untouched }: Damaged,
  { format, output, sheetPath, places }: Destination,
  { codec, quality, writeStdout }: InpaintSettings,
): Promise<void> {
  // Known pixels are the damaged picture's own, so the filled one shows both halves.
  const sheet = sheetPath === undefined
    ? undefined
    : beforeAfter({ width, height, rgba }, holeMask, rgba);
  const encoded = untouched ?? await codec.encode({ width, height, rgba }, {
    format,
    keepAlpha,
    ...(quality === undefined || format === "png" ? {} : { quality }),
  });
  if (output === undefined) await writeStdout(encoded);
  else await writeFileAtomic(output, encoded);
  places.keep();
  if (sheet === undefined) return;
  await writeFileAtomic(
    sheetPath!,
    await codec.encode(sheet, { format: "png", keepAlpha: false }),
  );
}

/** Path of the before/after picture of a result. */
function besideOf(output: string): string {
  return `${output.slice(0, output.length - extname(output).length)}.before-after.png`;
}
