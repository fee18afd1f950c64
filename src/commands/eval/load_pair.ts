/**
 * From the names of a pair to its pixels.
 * @module
 */
import { dilateMask } from "../../data/dilate_mask.ts";
import type { ListedImage } from "../../data/list_images.ts";
import { readHoleMask, resizeHoleMask } from "../../data/mask_file.ts";
import { resizeBox } from "../../data/random_crop.ts";
import { readImageFile } from "../../data/read_image_file.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { InputError } from "../../errors.ts";
import { makeMaskOfClass } from "../masks/mask_classes.ts";
import type { GeneratedMask, PlannedPair } from "./plan_pairs.ts";

/** Options of {@linkcode loadPair}. */
export interface LoadPairOptions {
  /** Side of the square that is evaluated, in pixels; "native" for the image's own size. */
  readonly size: number | "native";
  /** True if black is the hole in mask files. */
  readonly isBlackHole: boolean;
}

/** A pair's pixels, with the hole as its mask gives it. */
export interface LoadedPair {
  readonly width: number;
  readonly height: number;
  /** rgb255 `[height, width, 3]`. */
  readonly truth: Uint8Array;
  /** `[height, width]`, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** What is odd about the files and does not keep them from being used. */
  readonly remarks: readonly PairRemark[];
}

/** Something to be counted over all pairs. */
export type PairRemark = "grey image" | "image enlarged" | "soft mask" | "mask resized";

/**
 * Reads image and mask and brings both to the size that is evaluated: each is cut to its centred square, the image is
 * resized with a triangle filter that widens when it shrinks (Pillow's BILINEAR), the mask to the nearest pixel.
 *
 * @throws {InputError} If a file cannot be read, or the image has transparent pixels, whose colours nobody sees.
 */
export async function loadPair(
  pair: PlannedPair,
  options: LoadPairOptions,
): Promise<LoadedPair> {
  const remarks: PairRemark[] = [];
  const image = await readTruth(pair.image, options, remarks);
  return { ...image, holeMask: await readMask(pair, image, options, remarks), remarks };
}

/**
 * Grows the holes by a square kernel.
 *
 * @param kernel Side of the kernel in pixels where the smaller side of the picture is 512, in proportion elsewhere.
 * @returns A new mask; holes grow by `(kernel - 1) / 2` in each direction, rounded.
 *
 * Source: Liu et al. 2018, figure 10 ("dilation of the hole region ... 0, 5, 15, 35, 55, and 95 pixels"); whether that
 * is the kernel's side or its radius is not said. All are odd, as sides are.
 */
export function growHoles(
  { width, height, holeMask }: Pick<LoadedPair, "width" | "height" | "holeMask">,
  kernel: number,
): Uint8Array {
  const scale = Math.min(width, height) / 512;
  const radius = Math.round(Math.max(0, kernel - 1) / 2 * scale);
  return dilateMask(holeMask, { width, height, radius });
}

async function readTruth(
  { path }: ListedImage,
  { size }: LoadPairOptions,
  remarks: PairRemark[],
): Promise<Pick<LoadedPair, "width" | "height" | "truth">> {
  const { width, height, rgba, hasAlpha } = await readImageFile(path);
  if (hasAlpha && rgba.some((value, i) => i % 4 === 3 && value !== 255)) {
    throw new InputError(
      `Cannot evaluate image "${path}": it has transparent pixels, must be opaque`,
    );
  }
  const rgb255 = withoutAlpha(rgba);
  if (isGrey(rgb255)) remarks.push("grey image");
  if (size === "native") return { width, height, truth: rgb255 };
  const side = Math.min(width, height);
  if (side < size) remarks.push("image enlarged");
  const box = {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
  const truth = side === size && width === height
    ? rgb255
    : resizeBox({ width, height, rgb255 }, box, { width: size, height: size });
  return { width: size, height: size, truth };
}

function isGrey(rgb255: Uint8Array): boolean {
  for (let i = 0; i < rgb255.length; i += 3) {
    if (rgb255[i] !== rgb255[i + 1] || rgb255[i] !== rgb255[i + 2]) return false;
  }
  return true;
}

async function readMask(
  { mask }: PlannedPair,
  { width, height }: { width: number; height: number },
  { size, isBlackHole }: LoadPairOptions,
  remarks: PairRemark[],
): Promise<Uint8Array> {
  if ("maskClass" in mask) {
    return generateMask(mask, { width, height });
  }
  const picture = await readImageFile(mask.path);
  const read = readHoleMask(picture, { invert: isBlackHole });
  if (read.softPixels > 0) remarks.push("soft mask");
  if (read.width === width && read.height === height) return read.holeMask;
  if (size === "native") {
    remarks.push("mask resized");
    return resizeHoleMask(read.holeMask, read, { width, height });
  }
  const side = Math.min(read.width, read.height);
  return resizeHoleMask(centredSquare(read.holeMask, read, side), { width: side, height: side }, {
    width,
    height,
  });
}

/** @throws {InputError} If a picture is too small or too thin for any mask of the class. */
function generateMask(
  mask: GeneratedMask,
  size: { width: number; height: number },
): Uint8Array {
  try {
    return makeMaskOfClass(mask.maskClass, { ...size, ...mask }).holeMask;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(
      `Cannot make mask "${mask.name}" of ${size.width}x${size.height}: ${
        cause.message.replace(/^Cannot generate hole mask: /, "")
      }`,
      { cause },
    );
  }
}

function centredSquare(
  holeMask: Uint8Array,
  { width, height }: { width: number; height: number },
  side: number,
): Uint8Array {
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const square = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const from = (top + y) * width + left;
    square.set(holeMask.subarray(from, from + side), y * side);
  }
  return square;
}
