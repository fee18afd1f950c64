/**
 * `pconv masks generate`.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { encodeImage } from "../../data/encode_image.ts";
import { readImageHeader, uprightSize } from "../../data/image_header.ts";
import { EXIT, InputError, UsageError } from "../../errors.ts";
import { holeBinName } from "../../metrics/hole_bin.ts";
import { reasonOf } from "../../system_reason.ts";
import { checkHoleRatio } from "../hole_ratio.ts";
import { checkMaskClass, makeMaskOfClass, type MaskClass, maskClasses } from "./mask_classes.ts";

/** Written beside the masks of a folder. */
const LIST_NAME = "masks.jsonl";

/**
 * Writes seeded irregular masks as PNG, white = hole. Mask `i` depends on the seed, its class and `i` alone.
 *
 * A folder also gets `masks.jsonl`, one line for each mask: `{ file, width, height, ratio, bin, border, seed,
 * index }`, measured on the mask as it is written; `border` is "N" (free) or "B".
 *
 * @returns 0, or 130 after Ctrl-C.
 * @throws {InputError} If a file exists already or cannot be written.
 */
export async function masksGenerate(
  parsed: ParsedOptions<"masks generate">,
  io: CommandIo,
): Promise<number> {
  const { options } = parsed;
  checkHoleRatio("--ratio", options.ratio);
  const classes = maskClasses(options);
  const size = options.like === undefined ? options.size : await sizeOf(options.like);
  for (const maskClass of classes) checkMaskClass(maskClass, size);
  const count = options.count ?? classes.length;
  const isFolder = count > 1 || classes.length > 1 || /[/\\]$/.test(options.output);
  if (isFolder && /\.[a-z]{3,4}$/i.test(options.output)) {
    const masks = count === 1 ? "a mask" : `${count} masks`;
    throw new UsageError(
      `Cannot write ${masks} to "${options.output}": --output must be a folder`,
    );
  }
  if (count % classes.length !== 0) {
    io.log(shareNote(count, classes.length));
  }
  const listPath = join(options.output, LIST_NAME);
  if (isFolder) await refuseExisting("list", listPath);
  const lines: string[] = [];
  try {
    for (let index = 0; index < count; index++) {
      if (io.signal.aborted) return EXIT.interrupted;
      const maskClass = classes[index % classes.length]!;
      const file = fileName(maskClass, index, count);
      const path = isFolder ? join(options.output, file) : options.output;
      const request = { ...size, seed: options.seed, index, name: path };
      const { holeMask, measured: { ratio, bin, border } } = makeMaskOfClass(maskClass, request);
      const png = await encodeMask(holeMask, size);
      await refuseExisting("mask", path);
      await writeFileAtomic(path, png);
      const told = {
        file,
        ...size,
        ratio,
        bin: holeBinName(bin),
        border,
        seed: options.seed,
        index,
      };
      lines.push(`${JSON.stringify(told)}\n`);
      io.progress.update({ done: index + 1, total: count, unit: "masks", text: path });
    }
  } finally {
    // After Ctrl-C too: the list then tells of the masks that are there.
    if (isFolder && lines.length > 0) {
      await writeFileAtomic(listPath, new TextEncoder().encode(lines.join("")));
    }
  }
  io.progress.finish();
  return EXIT.done;
}

/** Who gets what where masks cannot be shared out evenly. */
function shareNote(count: number, classes: number): string {
  const each = Math.floor(count / classes);
  const masks = (number: number) => `${number} mask${number === 1 ? "" : "s"}`;
  const [lucky, rest] = [count % classes, classes - count % classes];
  return `Of ${classes} classes, ${lucky} get${lucky === 1 ? "s" : ""} ${masks(each + 1)} and ` +
    `${rest} get${rest === 1 ? "s" : ""} ${each === 0 ? "none" : masks(each)}: ` +
    `${count} is no multiple of ${classes}`;
}

function fileName({ folder }: MaskClass, index: number, count: number): string {
  const name = `mask-${String(index).padStart(String(count - 1).length, "0")}.png`;
  return folder === "" ? name : `${folder}/${name}`;
}

async function encodeMask(
  holeMask: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  holeMask.forEach((hole, at) => rgba.set([255 * hole, 255 * hole, 255 * hole, 255], at * 4));
  return await encodeImage({ width, height, rgba }, { format: "png", keepAlpha: false });
}

async function refuseExisting(what: string, path: string): Promise<void> {
  if (await Deno.lstat(path).then(() => true, () => false)) {
    throw new InputError(`Cannot write ${what} "${path}": it exists, must be a new file`);
  }
}

async function sizeOf(path: string): Promise<{ width: number; height: number }> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read "${path}" for its size: ${reasonOf(cause)}`, { cause });
  }
  const size = uprightSize(readImageHeader(bytes, { name: path }));
  if (size.width * size.height < 2) {
    throw new InputError(
      `Cannot make a mask like "${path}": it is 1x1, must be two pixels or more`,
    );
  }
  return size;
}
