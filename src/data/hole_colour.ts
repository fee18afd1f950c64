/**
 * A colour that somebody painted over what is to go, as the hole.
 * @module
 */

/** Red, green and blue, 0 to 255. */
export type Rgb255 = readonly [number, number, number];

/** How near a pixel's colour must come. */
export interface ColourReach {
  /** Largest difference in any channel, 0 to 255. */
  readonly tolerance: number;
  /** Pixels that what was found is widened by, for the smeared rim of a stroke. */
  readonly grow: number;
}

/**
 * What finds a stroke after lossy compression. JPEG at half colour resolution smears a stroke of pure colour over
 * its neighbours: within 48 levels alone 69 % of a thin stroke was found at quality 75, two pixels wider at least
 * 99.9 %, and of the rest of the photograph 0.4 % of the stroke's area; 96 levels took 13 %. Beside the stroke its tint
 * reaches further: filled two pixels wider, the place was 11 to 20 levels too red (a* of Lab), four wider within 0.7.
 *
 * Source: measured with libjpeg on 12 photographs, magenta strokes 4 and 12 pixels wide, quality 75 and 95; the tint on 3,
 * 14 pixels wide, quality 75 to 95, 4:2:0.
 */
export const LOSSY_REACH: ColourReach = { tolerance: 48, grow: 4 };

/** Where every pixel was kept. */
export const EXACT_REACH: ColourReach = { tolerance: 0, grow: 0 };

/**
 * Reads "#ff00ff", "ff00ff", "#f0f" or "f0f", in either case.
 *
 * @returns Undefined if the text is no such colour.
 */
export function readHexColour(text: string): Rgb255 | undefined {
  const [, digits] = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const long = digits.length === 6 ? digits : digits.replace(/./g, "$&$&");
  const channel = (at: number) => parseInt(long.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

/**
 * Finds the pixels of a colour; transparency is not looked at.
 *
 * @param rgba `[height, width, 4]`.
 * @param tolerance Largest difference in any channel.
 * @returns `[height, width]`, 1 where the colour is.
 */
export function findColour(
  rgba: Uint8Array | Uint8ClampedArray,
  [red, green, blue]: Rgb255,
  tolerance: number,
): Uint8Array<ArrayBuffer> {
  const found = new Uint8Array(rgba.length / 4);
  for (let pixel = 0, i = 0; pixel < found.length; pixel++, i += 4) {
    if (Math.abs(rgba[i]! - red) > tolerance) continue;
    if (Math.abs(rgba[i + 1]! - green) > tolerance) continue;
    if (Math.abs(rgba[i + 2]! - blue) > tolerance) continue;
    found[pixel] = 1;
  }
  return found;
}
