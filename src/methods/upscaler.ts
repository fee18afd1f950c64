/**
 * What every way of enlarging pictures has in common.
 * @module
 */
import type { SmallPicture } from "../data/lattice_guess.ts";

export type { SmallPicture };

/** Options of one {@linkcode Upscaler.upscale}. */
export interface UpscaleOptions {
  /** A whole number of 2 or more. */
  readonly scale: number;
  /** Stops the work between two pieces of it. */
  readonly signal?: AbortSignal;
}

/** An enlarged picture. */
export interface LargePicture {
  /** In pixels, `scale` times the small one's. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 3]`, 0..255. */
  readonly rgb255: Uint8Array<ArrayBuffer>;
}

/** A way of enlarging pictures. */
export interface Upscaler {
  /** What users type. */
  readonly name: string;
  /**
   * Enlarges a picture.
   *
   * @param picture With a hole mask, at least one pixel is known.
   * @throws {RangeError} If the scale or a size does not fit, or there are holes and the method fills none.
   */
  upscale(picture: SmallPicture, options: UpscaleOptions): Promise<LargePicture>;
  /** Ends threads and frees memory; absent if it holds none. */
  close?(): void;
}
