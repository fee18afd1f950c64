/**
 * The hole of a picture, from its mask or its own transparency.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";
import { type HoleMask, readHoleMask, resizeHoleMask } from "../../data/mask_file.ts";
import { InputError } from "../../errors.ts";
import type { MaskReader } from "./mask_reader.ts";
import type { PictureRequest } from "./picture_plan.ts";

/** How masks are read in a run. */
export interface MaskSettings {
  /** Reads the files of masks, by the same two rules. */
  readonly masks: MaskReader;
  readonly invertMask: boolean;
  readonly maskThreshold: number;
  readonly strict: boolean;
}

/** Options of {@linkcode readPictureMask}. */
export interface ReadPictureMaskOptions extends MaskSettings {
  /** Name of the picture for messages. */
  readonly name: string;
  /** What is done with it, for messages. */
  readonly verb: PictureRequest["verb"];
}

/** The hole of a picture, of the picture's size. */
export interface PictureMask extends Pick<HoleMask, "holeMask" | "holePixels"> {
  /** Of a soft mask, or one of another size. */
  readonly warnings: readonly string[];
}

/**
 * Reads the hole of a picture.
 *
 * @param mask Path, "alpha" for the picture's own transparency, or undefined for no hole at all.
 * @returns The hole may be shared with other pictures and must not be written to.
 * @throws {InputError} If the mask cannot be read, the picture has no transparency to take it from, or, with
 * `strict`, the mask is soft or of another size.
 */
export async function readPictureMask(
  mask: string | undefined,
  image: DecodedImage,
  options: ReadPictureMaskOptions,
): Promise<PictureMask> {
  const { name, verb, masks, invertMask: invert, maskThreshold: threshold, strict } = options;
  if (mask === undefined) {
    const holeMask = new Uint8Array(image.width * image.height);
    return { holeMask, holePixels: 0, warnings: [] };
  }
  const isAlpha = mask === "alpha";
  if (isAlpha && !image.hasAlpha) {
    throw new InputError(
      `Cannot ${verb} "${name}" with --mask alpha: it has no transparency, its hole must be transparent`,
    );
  }
  const warnings: string[] = [];
  const read = isAlpha
    ? readHoleMask(image, { invert, threshold, source: "alpha" })
    : await masks.read(mask);
  const what = isAlpha ? `alpha of "${name}"` : `mask "${mask}"`;
  if (read.softPixels > 0) {
    const problem = `${what} has ${read.softPixels} grey pixels, cut at ${threshold}`;
    if (strict) {
      throw new InputError(`Cannot ${verb} "${name}": ${problem}, must be 0 with --strict`);
    }
    warnings.push(problem);
  }
  if (read.width === image.width && read.height === image.height) return { ...read, warnings };
  const sizes = `${read.width}x${read.height}, "${name}" is ${image.width}x${image.height}`;
  if (strict) {
    throw new InputError(
      `Cannot apply ${what} to "${name}": mask is ${sizes}, must be equal with --strict`,
    );
  }
  warnings.push(`${what} is ${sizes}: resized without smoothing`);
  const holeMask = resizeHoleMask(read.holeMask, read, image);
  let holePixels = 0;
  for (const hole of holeMask) holePixels += hole;
  return { holeMask, holePixels, warnings };
}

/**
 * Refuses a picture that is all hole.
 *
 * @throws {InputError} If nothing is known.
 */
export function requireKnownPixel(
  { holePixels }: Pick<HoleMask, "holePixels">,
  { width, height }: Pick<DecodedImage, "width" | "height">,
  { name, verb }: Pick<ReadPictureMaskOptions, "name" | "verb">,
): void {
  const pixels = width * height;
  if (holePixels < pixels) return;
  throw new InputError(
    `Cannot ${verb} "${name}": the mask covers all ${pixels} pixels, some must be known`,
    { hint: "If black is the hole in your mask, give --invert-mask" },
  );
}
