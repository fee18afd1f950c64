/**
 * Pixels for a file that has one sample for red, green and blue.
 * @module
 */

/** Pixels in RGBA, of 8 bits and perhaps of 16. */
export interface GreyablePixels {
  /** `[height, width, 4]`. */
  readonly rgba: Uint8ClampedArray | Uint8Array;
  /** The same with 16 bits. */
  readonly rgba16?: Uint16Array;
}

/**
 * Makes red, green and blue equal: a pixel that is grey keeps its value, another one becomes its luma of ITU-R BT.601,
 * `0.299 R + 0.587 G + 0.114 B`, rounded.
 *
 * @returns The picture itself if it is grey all over, else one with new pixels.
 */
export function greyPixels<Picture extends GreyablePixels>(picture: Picture): Picture {
  const { rgba, rgba16 } = picture;
  if (isGrey(rgba) && (rgba16 === undefined || isGrey(rgba16))) return picture;
  const grey = { ...picture, rgba: rgba.slice() };
  toGrey(grey.rgba);
  if (rgba16 === undefined) return grey;
  const grey16 = rgba16.slice();
  toGrey(grey16);
  return { ...grey, rgba16: grey16 };
}

type Samples = Uint8ClampedArray | Uint8Array | Uint16Array;

function isGrey(samples: Samples): boolean {
  for (let i = 0; i < samples.length; i += 4) {
    if (samples[i] !== samples[i + 1] || samples[i] !== samples[i + 2]) return false;
  }
  return true;
}

function toGrey(samples: Samples): void {
  for (let i = 0; i < samples.length; i += 4) {
    const [red, green, blue] = [samples[i]!, samples[i + 1]!, samples[i + 2]!];
    if (red === green && red === blue) continue;
    const luma = Math.round((299 * red + 587 * green + 114 * blue) / 1000);
    samples[i] = samples[i + 1] = samples[i + 2] = luma;
  }
}
