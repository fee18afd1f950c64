/**
 * From a raw mask to the hole mask of a training crop: widened, moved, turned, cropped.
 * @module
 */
import type { Random } from "../random.ts";
import { cropDistance, type DistanceField, measureDistance } from "./mask_augment.ts";
import type { RawMask } from "./raw_mask.ts";

/** Side of the masks and crops of the paper in pixels: the unit that brush widths are given in. */
const PAPER_SIDE = 512;

/** Largest translation to each side, as a share of the window, beyond the choice of a place in the mask. */
const MOST_SHIFT = 0.15;

/**
 * Up to so many pixels the distances of a whole mask are measured once for all of its crops; of a larger one, those
 * around each crop.
 */
const MOST_WHOLE = 1 << 20;

/** Options of {@linkcode rawMaskCropper}. */
export interface RawMaskCropperOptions {
  /** Side of the crop in pixels. */
  readonly size: number;
  /**
   * Bounds of the brush's width in pixels of a crop of 512, in proportion for other crops. A brush of width `w`
   * widens a hole by `(w - 1) / 2` to each side. At most 1 widens nothing, any other at least by one pixel.
   */
  readonly dilate: readonly [low: number, high: number];
}

/**
 * Makes a function that draws hole masks from a raw one, in the published order: widen by a square brush, translate,
 * rotate, crop.
 *
 * The crop shows a window of 512 pixels of the mask, or its whole shorter side if that is less, so that a mask means
 * the same at every crop size; a crop above 512 shows as many pixels of the mask as it has. Place, translation (up to
 * 15 % of the window) and angle (any) are uniform. What comes in from outside of the mask is known. The mask is widened
 * at its own resolution, so no thin hole is lost when it is shrunk, and it is cut through distances, never through
 * blended values: every pixel is 0 or 1 and an enlarged mask has smooth edges. Every mask takes six numbers from
 * `random`.
 *
 * @returns Gives masks row-major `size * size`, 1 = hole; all 0 or all 1 if the window happens to lie so.
 *
 * Source: the authors' FAQ: "use from 9 to 49 pixels dilation to randomly dilate the holes, followed by random
 * translation, rotation and cropping". That the 9 pixels are the width of the brush and not its radius shows in their
 * test masks: in one of twelve, opening by a 9x9 square changes no pixel and by 11x11 it does.
 * Differs: how far masks were moved and turned is not published.
 */
export function rawMaskCropper(
  mask: RawMask,
  { size, dilate }: RawMaskCropperOptions,
): (random: Random) => Uint8Array<ArrayBuffer> {
  const window = Math.min(mask.width, mask.height, Math.max(PAPER_SIDE, size));
  const scale = window / size; // pixels of the mask per pixel of the crop
  const isWhole = mask.width * mask.height <= MOST_WHOLE;
  const whole = isWhole ? measure(mask, { left: 0, top: 0, ...mask }) : undefined;
  return (random) => {
    const width = dilate[0] + (dilate[1] - dilate[0]) * random.uniform();
    const angle = 2 * Math.PI * random.uniform();
    const place = (length: number) =>
      window / 2 + (length - window) * random.uniform() +
      window * MOST_SHIFT * (2 * random.uniform() - 1);
    const [centreX, centreY] = [place(mask.width), place(mask.height)];
    const radius = reach(width, size, scale);
    // The corners of the turned window, and as far around it as the brush reaches.
    const around = Math.ceil(window * Math.SQRT1_2 + radius * scale) + 2;
    const field = whole ?? measure(mask, boxAround(mask, centreX, centreY, around));
    const shift = [
      (centreX - field.left - field.width / 2) / scale,
      (centreY - field.top - field.height / 2) / scale,
    ] as const;
    const view = { width: size, height: size, scale, angle, shift, margin: 0 };
    const distance = cropDistance(field, view);
    const holeMask = new Uint8Array(size * size);
    for (let i = 0; i < holeMask.length; i++) holeMask[i] = distance[i]! < radius ? 1 : 0;
    return holeMask;
  };
}

/** Distance to the centre of a hole pixel below which all is hole, in pixels of the crop. */
function reach(width: number, size: number, scale: number): number {
  const ownPixel = 0.5 / scale;
  if (width <= 1) return ownPixel;
  return Math.max(width / 2 * size / PAPER_SIDE, 1 + ownPixel);
}

/** A part of a mask, in its pixels. */
interface MaskBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part of the mask within a distance of a point. */
function boxAround(mask: RawMask, x: number, y: number, around: number): MaskBox {
  const left = clamp(Math.floor(x - around), mask.width - 1);
  const top = clamp(Math.floor(y - around), mask.height - 1);
  const width = Math.max(1, clamp(Math.ceil(x + around), mask.width) - left);
  const height = Math.max(1, clamp(Math.ceil(y + around), mask.height) - top);
  return { left, top, width, height };
}

function measure(mask: RawMask, { left, top, width, height }: MaskBox): DistanceField & MaskBox {
  const data = new Uint8Array(width * height);
  for (let row = 0, o = 0; row < height; row++) {
    let i = (top + row) * mask.width + left;
    for (let column = 0; column < width; column++, i++, o++) {
      data[o] = (mask.bits[i >> 3]! >> (i & 7)) & 1;
    }
  }
  return { ...measureDistance({ data, width, height }, "square"), left, top };
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
