/**
 * From the name of a photograph to what methods see and are scored against.
 * @module
 */
import { isGreyFile } from "../../../data/grey_file.ts";
import type { ListedImage } from "../../../data/list_images.ts";
import { readImageFile } from "../../../data/read_image_file.ts";
import {
  shrinkPicture,
  type ShrinkSource,
  type ShrunkPicture,
} from "../../../data/shrink_picture.ts";
import { withoutAlpha } from "../../../data/without_alpha.ts";
import { InputError } from "../../../errors.ts";

/** A photograph, decoded. */
export interface Photograph extends ShrinkSource {
  readonly image: ListedImage;
  /** True if the file stores grey levels. */
  readonly isGrey: boolean;
}

/** Smallest side by the scale: less would leave nothing without the rim. */
const LEAST_SIDES = 3;

/**
 * Reads a photograph.
 *
 * @throws {InputError} If it cannot be read, or has transparent pixels, whose colours nobody sees.
 */
export async function readPhotograph(image: ListedImage): Promise<Photograph> {
  const { path } = image;
  const { width, height, rgba, hasAlpha } = await readImageFile(path);
  if (hasAlpha && rgba.some((value, i) => i % 4 === 3 && value !== 255)) {
    throw new InputError(
      `Cannot evaluate image "${path}": it has transparent pixels, must be opaque`,
    );
  }
  const isGrey = isGreyFile(await Deno.readFile(path), { name: path });
  return { image, width, height, rgb255: withoutAlpha(rgba), isGrey };
}

/**
 * Makes the small picture of a photograph and the truth it is compared with.
 *
 * @throws {InputError} If the photograph is so small that nothing is left without the rim.
 */
export function makeScene(photograph: Photograph, scale: number): ShrunkPicture {
  const { image, width, height } = photograph;
  const least = LEAST_SIDES * scale;
  if (Math.min(width, height) < least) {
    throw new InputError(
      `Cannot evaluate image "${image.path}" at x${scale}: it is ${width}x${height}, must be at ` +
        `least ${least}x${least}`,
    );
  }
  return shrinkPicture(photograph, scale);
}
