/**
 * Encodes AVIF by libavif in WebAssembly. The encoder takes no EXIF, XMP, colour profile or resolution.
 * @module
 */

/** What {@linkcode encodeAvif} writes, upright. */
export interface EncodableAvif {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, 0 to 255, colour not multiplied by alpha. */
  readonly rgba: Uint8ClampedArray | Uint8Array;
  /** `[height, width, 4]`, 0 to 65535; where it is given it is written in 10 or 12 bits. */
  readonly rgba16?: Uint16Array;
}

/** Options of {@linkcode encodeAvif}. */
export interface EncodeAvifOptions {
  /**
   * Whole number, 1 (small) to 100 (faithful), with colour in full resolution.
   * @default lossless: every value of `rgba`, or the kept bits of `rgba16`, comes back
   */
  readonly quality?: number;
  /** True writes alpha, always without loss; false writes an opaque picture. */
  readonly keepAlpha: boolean;
  /**
   * Bits per channel where `rgba16` is given.
   * @default 12
   */
  readonly bitDepth?: 10 | 12;
}

/** Effort, 0 to 10. 8 takes a third of the time of 6 and gives files of the same size for photographs. */
const SPEED = 8;

/** Colour is not halved. */
const FULL_COLOUR = 3;

/**
 * Encodes a picture.
 *
 * @throws {RangeError} If the arrays do not fit the size.
 * @throws {Error} If the encoder cannot be loaded or fails.
 *
 * Source: lossless AVIF is AV1 in RGB (identity matrix) with quantiser 0.
 */
export async function encodeAvif(
  image: EncodableAvif,
  options: EncodeAvifOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, rgba, rgba16 } = image;
  const { quality, keepAlpha, bitDepth = 12 } = options;
  const pixels = rgba16 ?? rgba;
  if (!(width >= 1 && height >= 1) || pixels.length !== width * height * 4) {
    throw new RangeError(
      `Cannot encode image: it has ${pixels.length} values, ${width}x${height} needs ${
        width * height * 4
      }`,
    );
  }
  const { default: encode } = await import("@jsquash/avif/encode.js");
  const effort = quality === undefined
    ? { lossless: true, speed: SPEED }
    : { quality, qualityAlpha: 100, subsample: FULL_COLOUR, speed: SPEED };
  if (rgba16 !== undefined) {
    const data = rgba16.map((value) => value >> (16 - bitDepth));
    if (!keepAlpha) makeOpaque(data, 2 ** bitDepth - 1);
    return new Uint8Array(await encode({ data, width, height }, { ...effort, bitDepth }));
  }
  const data = new Uint8ClampedArray(rgba);
  if (!keepAlpha) makeOpaque(data, 255);
  return new Uint8Array(await encode(new ImageData(data, width, height), effort));
}

function makeOpaque(data: Uint8ClampedArray | Uint16Array, value: number): void {
  for (let i = 3; i < data.length; i += 4) data[i] = value;
}
