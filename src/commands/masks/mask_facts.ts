/**
 * What can be measured on one mask alone.
 * @module
 */
import { sha256 } from "../../checkpoint/sha256.ts";
import type { DecodedImage } from "../../data/decode_image.ts";
import type { ImageFormat } from "../../data/image_header.ts";
import { readHoleMask } from "../../data/mask_file.ts";
import { maskLuma } from "../../data/mask_luma.ts";
import { guessPolarity, type MaskPolarity, type PolarityGuess } from "../../data/mask_polarity.ts";
import { type HoleBin, holeBin } from "../../metrics/hole_bin.ts";

/** What can be measured on one mask alone. */
export interface MaskFacts {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  readonly format: ImageFormat;
  readonly guess: PolarityGuess;
  /** Share of pixels that are neither 0 nor 255. */
  readonly greyShare: number;
  /** Pixels that are neither almost black nor almost white: those that `pconv inpaint` warns of. */
  readonly softPixels: number;
  /** True if all pixels are on one side of the threshold. */
  readonly isOneColour: boolean;
  /** Ratio, bin and border class under either polarity. */
  readonly bins: Readonly<Record<MaskPolarity, HoleBin>>;
  /** Equal for masks of equal size and holes. */
  readonly digest: string;
}

/** Measures a mask as `pconv inpaint` would read it. */
export async function maskFacts(picture: DecodedImage): Promise<MaskFacts> {
  const { width, height, format } = picture;
  const luma = maskLuma(picture);
  const white = readHoleMask(picture);
  const black = readHoleMask(picture, { invert: true });
  const grey = luma.reduce((sum, value) => sum + (value === 0 || value === 255 ? 0 : 1), 0);
  const size = { width, height };
  return {
    width,
    height,
    format,
    guess: guessPolarity(luma, size),
    greyShare: grey / luma.length,
    softPixels: white.softPixels,
    isOneColour: white.holePixels === 0 || black.holePixels === 0,
    bins: { white: holeBin(white.holeMask, size), black: holeBin(black.holeMask, size) },
    digest: `${width}x${height} ${await sha256(white.holeMask)}`,
  };
}
