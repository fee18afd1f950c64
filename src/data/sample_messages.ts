/**
 * What a sample stream and its workers say to each other. Types only.
 * @module
 */
import type { LatticePlanes } from "./lattice_sample.ts";
import type { LatticeShare } from "./make_sample.ts";
import type { MaskFolder } from "./mask_folder.ts";

/** First message to a worker. */
export interface WorkerSetup {
  readonly kind: "setup";
  /** Paths of all images. */
  readonly images: readonly string[];
  readonly size: number;
  readonly seed: number;
  readonly maskRatio: readonly [low: number, high: number] | undefined;
  /** Where masks come from; undefined if they are generated. */
  readonly masks: MaskFolder | undefined;
  /** Which samples are lattices; undefined if none is. */
  readonly lattices: LatticeShare | undefined;
  /** Bytes of decoded images and masks that the worker may keep. */
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
  /** `[slots, size, size, 3]` and `[slots, size, size]`; not there if no sample of the run is a lattice. */
  readonly lattice: LatticePlanes | undefined;
}

/** An image or a mask cannot be read; the next one stands in. Sent once per worker and file. */
export interface BadFile {
  readonly kind: "bad file";
  readonly path: string;
  readonly message: string;
}

/** No mask within the ratio bounds was found; one with this share of hole pixels is used. */
export interface MissedRatio {
  readonly kind: "missed ratio";
  readonly share: number;
}

/** A request failed. */
export interface SampleFailure {
  readonly kind: "failure";
  readonly ticket: number;
  /** True if the files are to blame: no image at all, or no mask, can be read or used. */
  readonly isInput: boolean;
  readonly message: string;
  readonly hint: string | undefined;
}

/** All that a worker sends. */
export type FromWorker = SampleAnswer | BadFile | MissedRatio | SampleFailure;
