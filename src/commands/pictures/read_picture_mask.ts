/**
 * The hole of a picture, from all that says where it is.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";
import { featherWeights, growHole } from "../../data/grow_hole.ts";
import { markBox, placeBox } from "../../data/hole_box.ts";
import { EXACT_REACH, findColour, LOSSY_REACH } from "../../data/hole_colour.ts";
import { type HoleMask, readHoleMask, resizeHoleMask } from "../../data/mask_file.ts";
import { InputError } from "../../errors.ts";
import type { MaskReader } from "./mask_reader.ts";
import type { HoleSources, MaskSource } from "./mask_source.ts";
import type { PictureRequest } from "./picture_plan.ts";

/** How masks are read in a run. */
export interface MaskSettings {
  /** Reads the files of masks, by the same two rules. */
  readonly masks: MaskReader;
  readonly invertMask: boolean;
  readonly maskThreshold: number;
  readonly strict: boolean;
  /**
   * Pixels that holes are widened by, 0 to 254.
   * @default 0
   */
  readonly maskGrow?: number;
  /**
   * Width of the band that the fill fades out over, in pixels, 0 to 254.
   * @default 0
   */
  readonly maskFeather?: number;
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
  /** Of a soft mask, one of another size, a box that sticks out. */
  readonly warnings: readonly string[];
  /**
   * `[height, width]`: how much of the fill is taken, 255 in the hole that was asked for and less in the band
   * around it, which is a part of `holeMask`; 0 where `holeMask` is 0. Absent if all of it is taken everywhere.
   */
  readonly blend?: Uint8Array;
}

/** Formats that may have smeared a colour; WebP and AVIF do not say whether they have. */
const LOSSY: ReadonlySet<string> = new Set(["jpeg", "webp", "avif"]);

/** What of a decoded picture its hole depends on. */
export type HoledPicture = Pick<DecodedImage, "width" | "height" | "rgba" | "hasAlpha" | "format">;

/** What one source says. */
interface Part {
  /** Must not be written to. */
  readonly holeMask: Uint8Array;
  readonly warnings: readonly string[];
}

/**
 * Reads the hole of a picture: the union of its sources, grown, with a band around it that is filled too if the
 * fill is to fade out.
 *
 * @param sources None for no hole at all.
 * @returns The hole may be shared with other pictures and must not be written to.
 * @throws {InputError} If a mask cannot be read, the picture has no transparency to take it from, a box lies
 * outside the picture, or, with `strict`, a mask is soft or of another size.
 */
export async function readPictureMask(
  sources: HoleSources,
  image: HoledPicture,
  options: ReadPictureMaskOptions,
): Promise<PictureMask> {
  const { width, height } = image;
  const { maskGrow: radius = 0, maskFeather: feather = 0 } = options;
  const parts = await Promise.all(sources.map((source) => readPart(source, image, options)));
  const warnings = parts.flatMap((part) => part.warnings);
  let holeMask = union(parts, width * height);
  if (radius > 0) holeMask = growHole(holeMask, { width, height, radius });
  let blend: Uint8Array | undefined;
  if (feather > 0) {
    blend = featherWeights(holeMask, { width, height, feather });
    holeMask = blend.map((weight) => weight > 0 ? 1 : 0);
  }
  let holePixels = 0;
  for (const hole of holeMask) holePixels += hole;
  return { holeMask, holePixels, warnings, ...(blend === undefined ? {} : { blend }) };
}

function union(parts: readonly Part[], pixels: number): Uint8Array {
  const [first, ...rest] = parts;
  if (first === undefined) return new Uint8Array(pixels);
  if (rest.length === 0) return first.holeMask;
  const holeMask = Uint8Array.from(first.holeMask);
  for (const part of rest) {
    for (let i = 0; i < pixels; i++) holeMask[i]! |= part.holeMask[i]!;
  }
  return holeMask;
}

async function readPart(
  source: MaskSource,
  image: HoledPicture,
  options: ReadPictureMaskOptions,
): Promise<Part> {
  switch (source.kind) {
    case "file": {
      const what = `mask "${source.path}"`;
      return fit(await options.masks.read(source.path), image, { what, options });
    }
    case "alpha": {
      const { name, verb, invertMask: invert, maskThreshold: threshold } = options;
      if (!image.hasAlpha) {
        throw new InputError(
          `Cannot ${verb} "${name}" with --mask alpha: it has no transparency, its hole must be transparent`,
        );
      }
      const read = readHoleMask(image, { invert, threshold, source: "alpha" });
      return fit(read, image, { what: `alpha of "${name}"`, options });
    }
    case "colour": {
      const { tolerance, grow: radius } = source.tolerance === undefined
        ? LOSSY.has(image.format) ? LOSSY_REACH : EXACT_REACH
        : { tolerance: source.tolerance, grow: 0 };
      const found = findColour(image.rgba, source.rgb255, tolerance);
      return { holeMask: growHole(found, { ...image, radius }), warnings: [] };
    }
    case "boxes": {
      const { name, verb } = options;
      const size = `${image.width}x${image.height}`;
      const holeMask = new Uint8Array(image.width * image.height);
      const warnings: string[] = [];
      for (const box of source.boxes) {
        const placed = placeBox(box, image);
        if (placed === undefined) {
          throw new InputError(
            `Cannot ${verb} "${name}": --box ${box.text} lies outside it, it is ${size}`,
          );
        }
        if (placed.isClipped) {
          warnings.push(`--box ${box.text} sticks out of "${name}", which is ${size}: cut off`);
        }
        markBox(holeMask, placed, image.width);
      }
      return { holeMask, warnings };
    }
  }
}

/** Judges what a mask says and brings it to the picture's size. */
function fit(
  read: HoleMask,
  image: HoledPicture,
  { what, options }: { readonly what: string; readonly options: ReadPictureMaskOptions },
): Part {
  const { name, verb, strict, maskThreshold: threshold } = options;
  const warnings: string[] = [];
  if (read.isDrawnInAlpha) {
    warnings.push(`${what} is of one dark colour: its opacity is read, what is opaque is white`);
  }
  // Levels as 0 and 1, as programs number classes; grey ones are told of below.
  if (read.brightest !== undefined && read.softPixels === 0) {
    warnings.push(
      `${what} has no level above ${read.brightest}, where white begins at ${threshold}: ` +
        `--mask-threshold ${read.brightest} takes it for white`,
    );
  }
  if (read.softPixels > 0) {
    const problem = `${what} has ${read.softPixels} grey pixels, cut at ${threshold}`;
    if (strict) {
      throw new InputError(`Cannot ${verb} "${name}": ${problem}, must be 0 with --strict`);
    }
    warnings.push(problem);
  }
  if (read.width === image.width && read.height === image.height) {
    return { holeMask: read.holeMask, warnings };
  }
  const sizes = `${read.width}x${read.height}, "${name}" is ${image.width}x${image.height}`;
  if (strict) {
    throw new InputError(
      `Cannot apply ${what} to "${name}": mask is ${sizes}, must be equal with --strict`,
    );
  }
  if (read.width === image.height && read.height === image.width) {
    throw new InputError(
      `Cannot apply ${what} to "${name}": mask is ${sizes}, it is turned by a quarter`,
      { hint: "A mask must lie as the picture is seen, upright by its EXIF orientation" },
    );
  }
  warnings.push(`${what} is ${sizes}: resized without smoothing`);
  return { holeMask: resizeHoleMask(read.holeMask, read, image), warnings };
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
    { hint: "If black is the hole in your mask, give --mask-polarity black" },
  );
}
