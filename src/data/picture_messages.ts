/**
 * What the pool of picture workers and its threads say to each other. Types only.
 * @module
 */
import type { PictureCodec } from "./picture_codec.ts";

/** One call of a {@linkcode PictureCodec}. A worker gets the next one only after it has answered. */
export type PictureRequest = {
  readonly [K in keyof PictureCodec]: {
    readonly kind: K;
    readonly args: Parameters<PictureCodec[K]>;
  };
}[keyof PictureCodec];

/** The call has worked. */
export interface PictureAnswer {
  readonly kind: "answer";
  readonly value: Awaited<ReturnType<PictureCodec[keyof PictureCodec]>>;
}

/** The call has failed. */
export interface PictureFailure {
  readonly kind: "failure";
  /** Class of the error; all but these two are programming mistakes. */
  readonly name: "InputError" | "RangeError" | "Error";
  readonly message: string;
  readonly hint: string | undefined;
}

/** All that a worker sends. */
export type FromPictureWorker = PictureAnswer | PictureFailure;
