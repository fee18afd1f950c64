/**
 * What can be said about a training set before the first step.
 * @module
 */
import { InputError } from "../errors.ts";
import { readImageHeader } from "./image_header.ts";

/** Options of {@linkcode checkTrainingImages}. */
export interface CheckTrainingImagesOptions {
  /** Folder that the images are from, for messages. */
  readonly folder: string;
  /** Paths of the images to train on, those held out already taken away. */
  readonly images: readonly string[];
  /** Crops per step. */
  readonly batch: number;
  /** Side of the crops in pixels. */
  readonly size: number;
}

/** Files whose headers are read, evenly over the list: enough for a percentage, fast on any disk. */
const LOOKED_AT = 200;

/** Bytes in which a header is looked for; only a JPEG with a large preview in front of its size needs more. */
const HEADER_BYTES = 1 << 18;

/**
 * Looks at a training set: its number of images, and the headers of at most 200.
 *
 * @returns Sentences for a person, so far one: how many images are smaller than the crops. Those are enlarged so that
 * their shorter side fills a crop (see `randomCrop`), not left out: a small set would lose too much.
 * @throws {InputError} If there are fewer images than a batch takes, or if none of those looked at is an image.
 */
export async function checkTrainingImages(
  { folder, images, batch, size }: CheckTrainingImagesOptions,
): Promise<string[]> {
  if (images.length < batch) {
    throw new InputError(
      `Cannot fill a batch of ${batch} from "${folder}": it gives ${images.length} ` +
        `${images.length === 1 ? "image" : "images"} to train on, must be at least ${batch}`,
      { hint: `Add images, or take fewer at a time with --batch ${Math.max(1, images.length)}` },
    );
  }
  const count = Math.min(LOOKED_AT, images.length);
  let [small, bad, last] = [0, 0, ""];
  for (let i = 0; i < count; i++) {
    const path = images[Math.floor(i * images.length / count)]!;
    try {
      const { width, height } = readImageHeader(await readStart(path), { name: path });
      if (Math.min(width, height) < size) small++;
    } catch (error) {
      bad++;
      last = error instanceof Error ? error.message : String(error);
    }
  }
  if (bad === count) {
    throw new InputError(
      `Cannot train on "${folder}": none of ${count} files looked at is a readable image, ` +
        `the last one with: ${last}`,
    );
  }
  if (small === 0) return [];
  const looked = count < images.length ? `${count} images looked at` : `${count} images`;
  return [
    `${small} of ${looked} in "${folder}" ${small === 1 ? "is" : "are"} smaller than the crops ` +
    `of ${size}x${size} and will be enlarged`,
  ];
}

async function readStart(path: string): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(HEADER_BYTES);
  let length = 0;
  while (length < bytes.length) {
    const count = await file.read(bytes.subarray(length));
    if (count === null) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
