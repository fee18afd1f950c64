/**
 * Puts a fill into a picture.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";
import type { PictureMask } from "../pictures/read_picture_mask.ts";

/** Options of {@linkcode blendFill}. */
export interface BlendFillOptions {
  readonly mask: Pick<PictureMask, "holeMask" | "blend">;
  /** True makes what is filled opaque. */
  readonly alphaWasHole: boolean;
}

/**
 * Puts a fill into the hole of a picture, in place; in the band of a feathered hole it is mixed with what is there. Pixels
 * outside are not written to. Where there are 16 bits, those of known pixels are kept and a filled level `v` is `257 v`.
 *
 * @param filled `[height, width, 3]`, 0 to 255.
 */
export function blendFill(
  { rgba, rgba16 }: Pick<DecodedImage, "rgba" | "rgba16">,
  filled: Uint8Array,
  { mask: { holeMask, blend }, alphaWasHole }: BlendFillOptions,
): void {
  for (let i = 0; i < holeMask.length; i++) {
    if (holeMask[i] === 0) continue;
    const share = blend === undefined ? 1 : blend[i]! / 255;
    const at = i * 4;
    for (let c = 0; c < 3; c++) {
      const value = filled[i * 3 + c]!;
      // A clamped array rounds to the nearest.
      rgba[at + c] = rgba[at + c]! + share * (value - rgba[at + c]!);
      if (rgba16 === undefined) continue;
      rgba16[at + c] = Math.round(rgba16[at + c]! + share * (257 * value - rgba16[at + c]!));
    }
    if (!alphaWasHole || share < 1) continue;
    rgba[at + 3] = 255;
    if (rgba16 !== undefined) rgba16[at + 3] = 65535;
  }
}
