/**
 * What was found when a written file was compared with the one it was made from. Types only.
 * @module
 */

/** Metadata of two files. */
export interface MetadataFindings {
  /** Names of what is gone though the format could hold it, such as `Exif tag 33432`. */
  readonly lost: readonly string[];
  /** Names of what is there with another content. */
  readonly changed: readonly string[];
  /** Names of what is gone because the format has no place for it. */
  readonly unsupported: readonly string[];
}

/** Result of {@linkcode certify}. */
export interface Certificate {
  /** True if everything that must be equal is: pixels or blocks, alpha, size, and what metadata the format holds. */
  readonly isExact: boolean;
  /** Format of the written file, such as `png`. */
  readonly format: string;
  /** Sizes in pixels, upright, if they differ; nothing else is compared then. */
  readonly size?: {
    readonly before: readonly [width: number, height: number];
    readonly after: readonly [width: number, height: number];
  };
  /** Bits per channel in which colours were compared: 16 if one of the files has more than 8. */
  readonly bits: 8 | 16;
  /** Pixels outside of the hole. */
  readonly knownPixels: number;
  /** Known pixels whose colour differs. */
  readonly changedPixels: number;
  /** Largest difference of a colour channel of a known pixel, in levels of 255, with fractions if `bits` is 16. */
  readonly maxDifference: number;
  /** Pixels, known or not, whose alpha is not what it must be. */
  readonly changedAlpha: number;
  /** `none` if the input has none. */
  readonly metadata: "same" | "none" | MetadataFindings;
  /**
   * For a JPEG written as JPEG: its 8x8 blocks, compared by coefficients. Then `isExact` asks for unchanged blocks where
   * no hole touches them, and pixels inside touched blocks are only counted.
   */
  readonly blocks?: {
    readonly total: number;
    readonly touched: number;
    /** Blocks that no hole touches and that differ all the same. */
    readonly changed: number;
  };
  /** Of the written file, in hex. */
  readonly sha256: string;
}
