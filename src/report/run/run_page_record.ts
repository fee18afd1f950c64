/**
 * What the page of a run over pictures is made of, as plain data; types only.
 * @module
 */

/** How a picture ended. */
export type PictureStatus =
  | "filled"
  | "unchanged"
  | "enlarged"
  | "copied"
  | "done before"
  | "failed";

/** One picture of a run. */
export interface PictureRow {
  /** Path, as the user named it. */
  readonly input: string;
  /** True if it came in an archive: no file has that path. */
  readonly isArchived?: true;
  readonly output?: string;
  /** Where its hole came from, in words. */
  readonly mask?: string;
  readonly status: PictureStatus;
  readonly width?: number;
  readonly height?: number;
  /** Share of pixels that were filled, 0 to 1. */
  readonly holeRatio?: number;
  readonly elapsedMs?: number;
  readonly warnings: readonly string[];
  /** Of a failed one, in one sentence. */
  readonly error?: string;
  /** What the comparison of the written file with the input found, in one line. */
  readonly verified?: string;
  /** "3/8". */
  readonly shard?: string;
}

/** A picture shown before and after, at one size. */
export interface RunExample {
  /** Path, as in its row. */
  readonly input: string;
  /** Data URL of an image. */
  readonly beforeUrl: string;
  /** Data URL of an image. */
  readonly afterUrl: string;
  /** Of both pictures, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** A run of `inpaint` or `superres`, or of several shards put together. */
export interface RunPageRecord {
  readonly title: string;
  /** The command that does it again. */
  readonly command: string;
  readonly version: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Of the whole run, on the clock. */
  readonly elapsedMs: number;
  /** Device, method, weights with their hash, settings. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** In the order of the run. */
  readonly rows: readonly PictureRow[];
  readonly examples: readonly RunExample[];
  /** Pictures that were done and are not among the examples. */
  readonly examplesLeftOut: number;
}
