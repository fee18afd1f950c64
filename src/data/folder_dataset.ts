/**
 * A data set is a folder of images; its order is fixed by names and a seed.
 * @module
 */
import { basename, extname, join } from "node:path";
import { InputError } from "../errors.ts";
import { createRandom } from "../random.ts";

/** Endings of files that count as images, lower case. */
const IMAGE_ENDINGS = new Set([".png", ".jpg", ".jpeg", ".webp", ".gif"]);

/**
 * Lists the images of a folder and of the folders in it.
 *
 * @param folder A folder, or one image file.
 * @returns Paths that begin with `folder`, sorted by code units so that every machine has the same order. Hidden files
 * and folders are left out.
 * @throws {InputError} If the folder cannot be read or holds no image.
 */
export async function listImages(folder: string): Promise<string[]> {
  const found: string[] = [];
  try {
    if ((await Deno.stat(folder)).isFile) return [folder];
    await collect(folder, found);
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound ? "it does not exist" : String(cause);
    throw new InputError(`Cannot read image folder "${folder}": ${reason}`, { cause });
  }
  if (found.length === 0) {
    const endings = [...IMAGE_ENDINGS].join(", ");
    throw new InputError(`Cannot use image folder "${folder}": it holds no image (${endings})`);
  }
  return found.sort((a, b) => a < b ? -1 : 1);
}

async function collect(folder: string, found: string[]): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    if (basename(entry.name).startsWith(".")) continue;
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory || (entry.isSymlink && (await Deno.stat(path)).isDirectory);
    if (isFolder) await collect(path, found);
    else if (IMAGE_ENDINGS.has(extname(path).toLowerCase())) found.push(path);
  }
}

/** Sets the streams of {@linkcode shuffledOrder} apart from those of samples, which use `(seed, index)`. */
const ORDER_STREAM = 0x0bde;

/**
 * The order in which an epoch visits a data set: each index once.
 *
 * @param count Number of images.
 * @param seed Seed of the run.
 * @param epoch Pass over the data, 0-based.
 * @returns A permutation of `0 ... count - 1` that depends on the three numbers only.
 *
 * Source: Fisher and Yates' shuffle in Durstenfeld's form.
 */
export function shuffledOrder(count: number, seed: number, epoch: number): Uint32Array {
  const random = createRandom(seed, epoch, ORDER_STREAM);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(0, i);
    const value = order[i]!;
    order[i] = order[j]!;
    order[j] = value;
  }
  return order;
}
