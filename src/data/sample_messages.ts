/**
 * What a sample stream and its workers say to each other. Types only.
 * @module
 */

/** First message to a worker. */
export interface WorkerSetup {
  readonly kind: "setup";
  /** Paths of all images. */
  readonly images: readonly string[];
  readonly size: number;
  readonly seed: number;
  readonly maskRatio: readonly [low: number, high: number] | undefined;
  /** Bytes of decoded images that the worker may keep. */
  readonly cacheBytes: number;
}

/** Asks a worker for samples of one batch. */
export interface SampleRequest {
  readonly kind: "samples";
  /** Given back in the answer. */
  readonly ticket: number;
  /** Slot in the batch, index of the sample, index of its image. */
  readonly wanted: readonly { slot: number; sample: number; image: number }[];
}

/** Samples of one request, in the order asked for. */
export interface SampleAnswer {
  readonly kind: "samples";
  readonly ticket: number;
  readonly slots: readonly number[];
  /** `[slots, size, size, 3]`. */
  readonly rgb255: Uint8Array<ArrayBuffer>;
  /** `[slots, size, size]`, 1 = hole. */
  readonly holeMask: Uint8Array<ArrayBuffer>;
}

/** An image cannot be read; the next one stands in. Sent once per worker and image. */
export interface BadImage {
  readonly kind: "bad image";
  readonly path: string;
  readonly message: string;
}

/** A request failed. */
export interface SampleFailure {
  readonly kind: "failure";
  readonly ticket: number;
  /** True if no image at all can be read. */
  readonly isInput: boolean;
  readonly message: string;
}

/** All that a worker sends. */
export type FromWorker = SampleAnswer | BadImage | SampleFailure;
