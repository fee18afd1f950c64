/**
 * What a JPEG holds when nothing but its entropy coding is undone.
 * @module
 */

/** One colour plane of a JPEG, as it is stored. */
export interface JpegComponent {
  /** Identifier of the frame header, 0 to 255. */
  readonly id: number;
  /** Horizontal sampling factor, 1 to 4. */
  readonly h: number;
  /** Vertical sampling factor, 1 to 4. */
  readonly v: number;
  /** Steps of the 64 frequencies, in zigzag order, 1 to 65535. */
  readonly quantTable: Uint16Array;
  /** Blocks per row, those included that only fill up a unit of several blocks at the right edge. */
  readonly blocksWide: number;
  /** Rows of blocks, those included that only fill up a unit of several blocks at the lower edge. */
  readonly blocksHigh: number;
  /** `[blocksHigh, blocksWide, 64]`, quantised, frequencies in zigzag order. */
  readonly coefficients: Int16Array;
}

/** A segment that says something about the picture, but is not needed to decode its numbers. */
export interface JpegSegment {
  /** Second byte of the marker: 0xe0 to 0xef for APP0 to APP15, 0xfe for a comment. */
  readonly marker: number;
  /** What follows the two bytes of length. */
  readonly content: Uint8Array;
}

/** All that {@linkcode readJpegCoefficients} gets out of a file, and enough to write it again. */
export interface JpegCoefficients {
  /** Stored width in pixels, before any orientation. */
  readonly width: number;
  /** Stored height in pixels, before any orientation. */
  readonly height: number;
  /** One (grey), three or four. */
  readonly components: readonly JpegComponent[];
  /** Byte `transform` of an Adobe segment: 0 RGB or CMYK, 1 YCbCr, 2 YCCK; undefined without one. */
  readonly adobeTransform: number | undefined;
  readonly isProgressive: boolean;
  /** Units between two restart markers, 0 if there are none. */
  readonly restartInterval: number;
  /** All APPn and COM segments in the order of the file. */
  readonly segments: readonly JpegSegment[];
  /** Bytes behind the end-of-image marker: further pictures, a film. Often none. */
  readonly trailer: Uint8Array;
}
