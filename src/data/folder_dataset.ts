/**
 * A data set is a folder of images; its order is fixed by names and a seed.
 * @module
 */
import { InputError } from "../errors.ts";
import { createRandom } from "../random.ts";
import { listImages } from "./list_images.ts";

/** Options of {@linkcode listDataset}. */
export interface ListDatasetOptions {
  /**
   * What messages call the folder.
   * @default "image folder"
   */
  readonly kind?: string;
}

/** Lines of one message; a folder of a broken disk may have thousands. */
const MOST_PROBLEMS = 10;

/**
 * Lists the images of a data set: those of a folder and of the folders in it.
 *
 * @returns Paths that begin with `folder`, sorted so that every machine has the same order.
 * @throws {InputError} If it is no folder; if anything in it cannot be read, since a data set must be the same every
 * time; or if it holds no image.
 */
export async function listDataset(
  folder: string,
  options: ListDatasetOptions = {},
): Promise<string[]> {
  const { kind = "image folder" } = options;
  const info = await Deno.stat(folder).catch(() => undefined);
  if (info?.isFile) {
    throw new InputError(`Cannot use ${kind} "${folder}": it is a file, must be a folder`);
  }
  const { images, problems } = await listImages(folder);
  if (problems.length > 0) {
    const lines = problems.slice(0, MOST_PROBLEMS);
    const more = problems.length - lines.length;
    if (more > 0) lines.push(`and ${more} more`);
    throw new InputError(lines.join("\n"), {
      hint: `Mend or remove what cannot be read: a data set must be the same every time`,
    });
  }
  if (images.length === 0) {
    throw new InputError(
      `Cannot use ${kind} "${folder}": it holds no image (.png, .jpg, .webp, .gif, .tif, .avif, .bmp)`,
    );
  }
  return images.map(({ path }) => path);
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
