/**
 * What runs a trained network forward, on any device.
 * @module
 */

/** One picture, or crop of one, for a network. */
export interface ForwardRequest {
  /** In pixels, a multiple of `sizeMultiple(config)`. */
  readonly height: number;
  /** In pixels, a multiple of `sizeMultiple(config)`. */
  readonly width: number;
  /** `[height, width, 3]`, 0..1; values in the hole do not matter. */
  readonly rgb01: Float32Array;
  /** `[height, width]`, 1 = known, 0 = hole. */
  readonly validMask: Uint8Array;
  /**
   * For networks over a base: the fill by level, finest first, `[h, w, 3]` each, one for every encoder level. What is
   * given here is not made again from the picture; tiles of a larger picture need it, and lattices.
   * @default {undefined} `pyramidFill` of the picture
   */
  readonly fills?: readonly Float32Array[];
  /**
   * `[height, width]`, 1 where the output is wanted: cost follows it.
   * @default {undefined} Everywhere
   */
  readonly wanted?: Uint8Array;
}

/** A network that is ready to run. */
export interface NetworkEngine {
  /** Short, for messages: "cpu, 2 threads, relaxed SIMD". */
  readonly name: string;
  /**
   * Runs the network over pictures. Calls may overlap; they are answered as they get done.
   *
   * @returns For each request rgb01 `[height, width, 3]`, not clipped, the same as `runUNet` up to rounding. Where the
   * output is not wanted the values mean nothing.
   * @throws {RangeError} If sizes do not fit.
   * @throws {OutOfMemoryError} If the device cannot hold what a request needs; smaller ones may still work.
   * @throws {BackendError} If the device failed.
   */
  run(requests: readonly ForwardRequest[]): Promise<Float32Array[]>;
  /** Ends threads and frees memory. */
  close(): void;
}
