/**
 * Event files that TensorBoard opens.
 * @module
 */
import { joinBytes } from "./join_bytes.ts";
import { encodeMessage, type ProtoField } from "./proto_message.ts";
import { frameRecord } from "./tf_record.ts";

/** A picture in an event file. */
export interface TensorboardImage {
  /** Name; a part before "/" groups. */
  readonly tag: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Bytes of a PNG file. */
  readonly png: Uint8Array;
}

/** What was measured at one step. */
export interface TensorboardEvent {
  /** Time of the event in seconds since 1970. */
  readonly wallSeconds: number;
  /** Optimiser steps done. */
  readonly step: number;
  /** Values by tag; a part of the tag before "/" groups. Stored as float32. */
  readonly scalars?: Readonly<Record<string, number>>;
  readonly images?: readonly TensorboardImage[];
}

/** Options of {@linkcode tensorboardFileName} and {@linkcode openTensorboardFile}. */
export interface TensorboardFileOptions {
  /** Time of the first event in seconds since 1970. */
  readonly wallSeconds: number;
  /** Optimiser steps done when the file is begun; 0 for a new run. */
  readonly stepsDone: number;
}

/** The version that all writers have stated since 2016. */
const FILE_VERSION = "brain.Event:2";

/** SessionLog.SessionStatus.START */
const SESSION_START = 1;

/** Summary.Image.colorspace of a picture without alpha. */
const COLORSPACE_RGB = 3;

/**
 * Names an event file. TensorBoard reads the files of a folder in the order of their names, hence a new file for
 * each process, time first.
 */
export function tensorboardFileName({ wallSeconds, stepsDone }: TensorboardFileOptions): string {
  const seconds = Math.floor(wallSeconds).toString().padStart(10, "0");
  return `events.out.tfevents.${seconds}.pconv.${stepsDone.toString().padStart(8, "0")}`;
}

/**
 * Encodes the bytes that an event file begins with: its version and, in a resumed run, the start of a session, upon
 * which TensorBoard drops the steps after `stepsDone` of earlier files.
 */
export function openTensorboardFile(options: TensorboardFileOptions): Uint8Array<ArrayBuffer> {
  const { wallSeconds, stepsDone } = options;
  const version = encodeEvent(wallSeconds, 0, [3, "bytes", FILE_VERSION]);
  if (stepsDone === 0) return version;
  const session = encodeMessage([[1, "varint", SESSION_START]]);
  // What has this step or a later one is dropped, and the checkpoint's own step is not logged again.
  return joinBytes([version, encodeEvent(wallSeconds, stepsDone + 1, [7, "bytes", session])]);
}

/**
 * Encodes an event, to be appended to an event file.
 *
 * Source: TensorFlow tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto.
 */
export function encodeTensorboardEvent(event: TensorboardEvent): Uint8Array<ArrayBuffer> {
  const { wallSeconds, step, scalars = {}, images = [] } = event;
  const values: Uint8Array[] = [];
  for (const [tag, value] of Object.entries(scalars)) {
    values.push(encodeMessage([[1, "bytes", tag], [2, "float", value]]));
  }
  for (const { tag, width, height, png } of images) {
    const image = encodeMessage([
      [1, "varint", height],
      [2, "varint", width],
      [3, "varint", COLORSPACE_RGB],
      [4, "bytes", png],
    ]);
    values.push(encodeMessage([[1, "bytes", tag], [4, "bytes", image]]));
  }
  const summary = encodeMessage(values.map((value) => [1, "bytes", value]));
  return encodeEvent(wallSeconds, step, [5, "bytes", summary]);
}

function encodeEvent(wallSeconds: number, step: number, what: ProtoField) {
  // A field that is 0 is left out, as every encoder does.
  const stepField: ProtoField[] = step === 0 ? [] : [[2, "varint", step]];
  return frameRecord(encodeMessage([[1, "double", wallSeconds], ...stepField, what]));
}
