/**
 * Enlargement by a formula, in bands, so that memory stays near what the result needs.
 * @module
 */
import { resample, type ResampleKernel, type ResampleSource, roundToBytes } from "./resample.ts";

/** Options of {@linkcode enlarge}. */
export interface EnlargeOptions {
  /** A whole number of 1 or more. */
  readonly scale: number;
  /** @default "bicubic" */
  readonly kernel?: ResampleKernel;
  /** Stops the work between two bands. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Values of a band's result; a band is at least one row of the small picture.
   * @default 2^22
   */
  readonly bandValues?: number;
}

/** Rows around a band that the widest kernel reaches when a picture grows, and one more. */
const MARGIN = 4;

/**
 * Enlarges a picture and rounds it to bytes.
 *
 * @returns `[scale·height, scale·width, channels]`: exactly `roundToBytes(resample())` of the whole.
 * @throws {RangeError} If scale or size do not fit.
 */
export async function enlarge(
  source: ResampleSource,
  { scale, kernel = "bicubic", signal, bandValues = 2 ** 22 }: EnlargeOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data, channels = 3 } = source;
  if (!Number.isInteger(scale) || scale < 1 || data.length !== width * height * channels) {
    throw new RangeError(
      `Cannot enlarge ${data.length} values of ${width}x${height}x${channels} ${scale} times: ` +
        "the scale must be a whole number, the values must fit the size",
    );
  }
  const line = width * channels;
  const result = new Uint8Array(data.length * scale * scale);
  const rows = Math.max(1, Math.floor(bandValues / (line * scale * scale)));
  for (let top = 0; top < height; top += rows) {
    signal?.throwIfAborted();
    const bottom = Math.min(height, top + rows);
    const first = Math.max(0, top - MARGIN);
    const last = Math.min(height, bottom + MARGIN);
    const band = roundToBytes(resample({
      width,
      height: last - first,
      channels,
      data: data.subarray(first * line, last * line),
    }, { width: width * scale, height: (last - first) * scale, kernel }));
    const resultLine = line * scale;
    const from = (top - first) * scale * resultLine;
    const size = (bottom - top) * scale * resultLine;
    result.set(band.subarray(from, from + size), top * scale * resultLine);
    // Lets an abort be heard; a promise alone would not.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return result;
}
