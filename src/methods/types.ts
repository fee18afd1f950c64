/**
 * What every way of filling holes has in common.
 * @module
 */

/** A picture with holes. */
export interface DamagedImage {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 3]`, 0..255. Values in the hole are never used. */
  readonly rgb255: Uint8Array;
  /** `[height, width]`, 1 = hole, 0 = known; at least one known pixel. */
  readonly holeMask: Uint8Array;
}

/** Options of one {@linkcode FillMethod.fill}. */
export interface FillOptions {
  /** Stops the work between two pieces of it. */
  readonly signal?: AbortSignal;
  /**
   * Path of the picture below its folder, or its file name, without the extension; methods that look results up by
   * name need it.
   */
  readonly stem?: string;
}

/** A way of filling holes. */
export interface FillMethod {
  /** What users type. */
  readonly name: string;
  /**
   * Fills all holes of a picture.
   *
   * @returns `[height, width, 3]`, 0..255; known pixels exactly as they came in.
   */
  fill(image: DamagedImage, options?: FillOptions): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Gives the method's own idea of every pixel, the known ones too; absent if it computes the hole alone.
   *
   * @returns `[height, width, 3]`, 0..255; in the hole the same as `fill()`.
   */
  predict?(image: DamagedImage, options?: FillOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends threads and frees memory; absent if it holds none. */
  close?(): void;
}
