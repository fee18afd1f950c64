/**
 * As much of the protocol buffer encoding as event files need.
 * @module
 */
import { joinBytes } from "./join_bytes.ts";

/** One field: its number, how it is stored, its value. */
export type ProtoField =
  | readonly [number: number, kind: "double" | "float", value: number]
  /** Whole number from 0 to 2^53 - 1; int32, int64 and enumerations alike. */
  | readonly [number: number, kind: "varint", value: number]
  /** Text is stored as UTF-8. A message within a message is its bytes. */
  | readonly [number: number, kind: "bytes", value: Uint8Array | string];

const WIRE_TYPES = { varint: 0, double: 1, bytes: 2, float: 5 } as const;

/**
 * Encodes a message; fields are written in the order given.
 *
 * @throws {RangeError} If a varint is negative, not whole or too large to be exact.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
export function encodeMessage(fields: readonly ProtoField[]): Uint8Array<ArrayBuffer> {
  return joinBytes(fields.flatMap((field) => encodeField(field)));
}

function encodeField([number, kind, value]: ProtoField): Uint8Array[] {
  const key = encodeVarint(number * 8 + WIRE_TYPES[kind]);
  if (kind === "varint") return [key, encodeVarint(value)];
  if (kind === "bytes") {
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    return [key, encodeVarint(bytes.length), bytes];
  }
  const bytes = new Uint8Array(kind === "double" ? 8 : 4);
  const view = new DataView(bytes.buffer);
  if (kind === "double") view.setFloat64(0, value, true);
  else view.setFloat32(0, value, true);
  return [key, bytes];
}

/** Seven bits a byte, low ones first; the top bit says that more follow. */
function encodeVarint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(
      `Cannot encode ${value}: must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push(rest % 0x80 + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.of(...bytes, rest);
}
