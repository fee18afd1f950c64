/**
 * `pconv mask`.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../cli/flags.ts";
import type { CommandIo } from "../cli/io.ts";
import { writeFileAtomic } from "../data/atomic_write.ts";
import { encodeImage } from "../data/encode_image.ts";
import { readImageHeader } from "../data/image_header.ts";
import { generateHoleMask } from "../data/mask_generator.ts";
import { EXIT, InputError, UsageError } from "../errors.ts";
import { createRandom } from "../random.ts";
import { checkHoleRatio } from "./hole_ratio.ts";
import { reasonOf } from "../system_reason.ts";

/**
 * Writes seeded irregular masks as PNG, white = hole. Mask `i` depends on the seed and `i` alone.
 *
 * @returns 0, or 130 after Ctrl-C.
 * @throws {InputError} If a file exists already or cannot be written.
 */
export async function mask(parsed: ParsedOptions<"mask">, io: CommandIo): Promise<number> {
  const { options } = parsed;
  checkHoleRatio("--ratio", options.ratio);
  const { width, height } = options.like === undefined ? options.size : await sizeOf(options.like);
  const isFolder = options.count > 1 || /[/\\]$/.test(options.output);
  if (isFolder && /\.[a-z]{3,4}$/i.test(options.output)) {
    throw new UsageError(
      `Cannot write ${options.count} masks to "${options.output}": --output must be a folder`,
    );
  }
  const digits = String(options.count - 1).length;
  for (let i = 0; i < options.count; i++) {
    if (io.signal.aborted) return EXIT.interrupted;
    const holeMask = generateHoleMask(createRandom(options.seed, i), {
      width,
      height,
      ratio: [options.ratio[0], options.ratio[1]],
    });
    const rgba = new Uint8ClampedArray(width * height * 4);
    holeMask.forEach((hole, at) => rgba.set([255 * hole, 255 * hole, 255 * hole, 255], at * 4));
    const png = await encodeImage({ width, height, rgba }, { format: "png", keepAlpha: false });
    const name = `mask-${String(i).padStart(digits, "0")}.png`;
    const path = isFolder ? join(options.output, name) : options.output;
    if (await Deno.lstat(path).then(() => true, () => false)) {
      throw new InputError(`Cannot write mask "${path}": it exists, must be a new file`);
    }
    await writeFileAtomic(path, png);
    io.progress.update({ done: i + 1, total: options.count, unit: "masks", text: path });
  }
  io.progress.finish();
  return EXIT.done;
}

async function sizeOf(path: string): Promise<{ width: number; height: number }> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read "${path}" for its size: ${reasonOf(cause)}`, { cause });
  }
  const { width, height, orientation } = readImageHeader(bytes, { name: path });
  if (width * height < 2) {
    throw new InputError(
      `Cannot make a mask like "${path}": it is 1x1, must be two pixels or more`,
    );
  }
  // Orientations 5 to 8 lie on their side; pictures are turned upright when they are decoded.
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
