/**
 * `pconv masks inspect`.
 * @module
 */
import { basename, resolve } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { decodeImage } from "../../data/decode_image.ts";
import { encodeImage } from "../../data/encode_image.ts";
import { readImageHeader, uprightSize } from "../../data/image_header.ts";
import { type ListedImage, listImages } from "../../data/list_images.ts";
import { maskLuma } from "../../data/mask_luma.ts";
import { isNamedMask, pairMasks } from "../../data/pair_masks.ts";
import { EXIT, InputError, UsageError, UserError } from "../../errors.ts";
import { contactThumbnail, drawContactSheet } from "../../report/contact_sheet.ts";
import type { Pixels } from "../../report/reduce_pixels.ts";
import { reasonOf } from "../../system_reason.ts";
import { maskFacts } from "./mask_facts.ts";
import {
  judgeMasks,
  type MaskFindings,
  type MeasuredMask,
  type PairedImage,
} from "./mask_findings.ts";
import { BORDER_NOTE, countOf, maskSummary, maskTable } from "./masks_table.ts";

/** A sheet of more would not be looked at, and could fill the memory. */
const MOST_TILES = 400;

/** What was read, in the order of the files. */
interface Reading {
  readonly masks: MeasuredMask[];
  /** Of the first {@linkcode MOST_TILES} masks, if a sheet is wanted. */
  readonly thumbnails: Pixels[];
  failed: number;
}

/**
 * Looks masks over and changes nothing: polarity, softness, hole ratio, border, and whether each fits its photograph.
 * A file that cannot be read is told and never stops the others.
 *
 * @returns 0 if all is well, 1 if anything is wrong, 130 after Ctrl-C.
 * @throws {UsageError} If the contact sheet is named as another format.
 * @throws {InputError} If the folder of photographs cannot be read, or the sheet exists or cannot be written.
 */
export async function masksInspect(
  parsed: ParsedOptions<"masks inspect">,
  io: CommandIo,
): Promise<number> {
  const { options, positionals } = parsed;
  const sheetPath = options.contactSheet;
  if (sheetPath !== undefined) await checkSheetPath(sheetPath);
  const listed = await listMasks(positionals, options.images, io);
  const images = options.images === undefined
    ? undefined
    : await listPhotographs(options.images, listed.masks, io);
  const pairs = images && pairMasks(listed.masks, images.images);
  const reading: Reading = {
    masks: [],
    thumbnails: [],
    failed: listed.failed + (images?.failed ?? 0),
  };
  for (const [i, mask] of listed.masks.entries()) {
    if (io.signal.aborted) return EXIT.interrupted;
    const paired = pairs === undefined ? undefined : pairs.imagesOf.get(mask.path)!;
    await readMask(mask, paired, reading, sheetPath !== undefined, io);
    io.progress.update({ done: i + 1, total: listed.masks.length, unit: "masks", text: mask.path });
  }
  io.progress.finish();
  const findings = judgeMasks(reading.masks, options.maskPolarity);
  const orphans = pairs?.imagesWithoutMask.map(({ path }) => path) ?? [];
  await print(findings, orphans, reading.failed, io);
  if (sheetPath !== undefined) await writeSheet(sheetPath, findings, reading.thumbnails, io);
  const isFaulty = findings.masks.some(({ problems }) => problems.length > 0);
  return isFaulty || orphans.length > 0 || reading.failed > 0 ? EXIT.someFailed : EXIT.done;
}

async function listMasks(paths: readonly string[], images: string | undefined, io: CommandIo) {
  const masks: ListedImage[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      if (!(await Deno.stat(path)).isDirectory) {
        masks.push({ path, relative: basename(path) });
        continue;
      }
    } catch (error) {
      problems.push(`Cannot read mask "${path}": ${reasonOf(error)}`);
      continue;
    }
    const found = await listImages(path);
    // LaMa keeps photographs and masks in one folder.
    const isMixed = images !== undefined && resolve(images) === resolve(path);
    const inside = found.images.filter(({ relative }) => !isMixed || isNamedMask(relative));
    if (inside.length === 0) problems.push(`Cannot find any mask in "${path}"`);
    problems.push(...found.problems);
    masks.push(...inside);
  }
  for (const problem of problems) io.report(new InputError(problem));
  return { masks, failed: problems.length };
}

/** Photographs of a folder; masks that lie in it are none. */
async function listPhotographs(folder: string, masks: readonly ListedImage[], io: CommandIo) {
  const { images, problems } = await listImages(folder);
  for (const problem of problems) io.report(new InputError(problem));
  const taken = new Set(masks.map(({ path }) => resolve(path)));
  return {
    images: images.filter(({ path }) => !taken.has(resolve(path))),
    failed: problems.length,
  };
}

async function readMask(
  { path }: ListedImage,
  images: readonly ListedImage[] | undefined,
  reading: Reading,
  needsThumbnail: boolean,
  io: CommandIo,
): Promise<void> {
  try {
    const picture = await decodeImage(await readBytes(path), { name: path });
    const facts = await maskFacts(picture);
    const paired = images && await Promise.all(images.map(readSize));
    reading.masks.push({ path, facts, ...(paired === undefined ? {} : { images: paired }) });
    if (!needsThumbnail || reading.thumbnails.length === MOST_TILES) return;
    const luma = maskLuma(picture);
    const rgb255 = Uint8Array.from({ length: luma.length * 3 }, (_, i) => luma[Math.floor(i / 3)]!);
    reading.thumbnails.push(
      contactThumbnail({ width: picture.width, height: picture.height, rgb255 }),
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    reading.failed += 1;
    io.report(error);
    await io.json?.({ mask: path, error: error.message });
  }
}

/** Size of a photograph as it is seen, from its header alone. */
async function readSize({ path }: ListedImage): Promise<PairedImage> {
  try {
    const header = readImageHeader(await readBytes(path), { name: path });
    return { path, size: uprightSize(header) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { path, size: { error: error.message } };
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read "${path}": ${reasonOf(cause)}`, { cause });
  }
}

async function print(
  findings: MaskFindings,
  orphans: readonly string[],
  failed: number,
  io: CommandIo,
): Promise<void> {
  const unread = failed === 0 ? [] : [`${countOf(failed, "file or folder")} not read`];
  if (io.json !== undefined) {
    for (const finding of findings.masks) await io.json(finding);
    for (const image of orphans) {
      await io.json({ image, problems: [{ kind: "orphan", text: "no mask of its name" }] });
    }
    for (const line of [...maskSummary(findings), ...unread]) io.log(line);
    return;
  }
  const lines = findings.masks.length === 0 ? [] : [...maskTable(findings.masks), BORDER_NOTE, ""];
  const lonely = orphans.length === 0 ? [] : [
    `${countOf(orphans.length, "image")} without a mask:`,
    ...orphans.map((path) => `  ${path}`),
  ];
  for (const line of [...lines, ...maskSummary(findings), ...lonely, ...unread]) {
    await io.print(line);
  }
}

async function checkSheetPath(path: string): Promise<void> {
  if (!/\.png$/i.test(path)) {
    throw new UsageError(`Cannot write contact sheet "${path}": its name must end in .png`);
  }
  if (await Deno.lstat(path).then(() => true, () => false)) {
    throw new InputError(`Cannot write contact sheet "${path}": it exists, must be a new file`);
  }
}

async function writeSheet(
  path: string,
  { masks }: MaskFindings,
  thumbnails: readonly Pixels[],
  io: CommandIo,
): Promise<void> {
  if (thumbnails.length === 0) return io.warn(`no contact sheet: no mask could be read`);
  const sheet = drawContactSheet(thumbnails.map((pixels, i) => {
    const { mask, ratio, bin, border, problems } = masks[i]!;
    const label = `${(100 * ratio).toFixed(1)}% ${bin} ${border}`;
    return { name: basename(mask), label, faults: problems.map(({ kind }) => kind), pixels };
  }));
  await writeFileAtomic(path, await encodeImage(sheet, { format: "png", keepAlpha: false }));
  if (masks.length > thumbnails.length) {
    io.warn(`the contact sheet shows the first ${thumbnails.length} of ${masks.length} masks`);
  }
}
