/**
 * How the components of a JPEG come from red, green and blue.
 * @module
 */
import type { JpegCoefficients } from "./jpeg_coefficients.ts";

/** A component as a sum of colours: `red R + green G + blue B + offset`, so that a stored 0 is 0. */
export interface ColourWeights {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly offset: number;
}

const LUMA: ColourWeights = { red: 0.299, green: 0.587, blue: 0.114, offset: -128 };

/** Source: JFIF 1.02, with all digits that follow from luma's. */
const YCBCR: readonly ColourWeights[] = [
  LUMA,
  { red: -0.299 / 1.772, green: -0.587 / 1.772, blue: 0.5, offset: 0 },
  { red: 0.5, green: -0.587 / 1.402, blue: -0.114 / 1.402, offset: 0 },
];

const RGB: readonly ColourWeights[] = [
  { red: 1, green: 0, blue: 0, offset: -128 },
  { red: 0, green: 1, blue: 0, offset: -128 },
  { red: 0, green: 0, blue: 1, offset: -128 },
];

/**
 * Says how each component comes from colours, as `decodeImage()` sees it: a fill has to go back the way it came.
 *
 * @returns By component; undefined for four of them (CMYK and YCCK).
 *
 * Source: Adobe's technical note 5116, section 18: its byte decides; without it three components are YCbCr (JFIF).
 * Differs: from libjpeg (jdapimin.c), which takes identifiers that spell "RGB" at their word.
 */
export function colourModel(
  { components, adobeTransform }: Pick<JpegCoefficients, "adobeTransform"> & {
    readonly components: { readonly length: number };
  },
): readonly ColourWeights[] | undefined {
  if (components.length === 1) return [LUMA];
  if (components.length !== 3) return undefined;
  return adobeTransform === 0 ? RGB : YCBCR;
}
