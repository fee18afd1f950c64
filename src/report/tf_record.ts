/**
 * The record format of TensorFlow's files.
 * @module
 */
import { maskedCrc32c } from "./crc32c.ts";

/** A length of 8 bytes and its checksum. */
const HEADER_BYTES = 12;

/**
 * Frames one record: length (uint64), checksum of the length, payload, checksum of the payload; all numbers
 * little-endian. A file is nothing but records, so it grows by appending.
 *
 * Source: TensorFlow tensorflow/core/lib/io/record_writer.h.
 */
export function frameRecord(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(HEADER_BYTES + payload.length + 4);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(payload.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(payload, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + payload.length, maskedCrc32c(payload), true);
  return record;
}
