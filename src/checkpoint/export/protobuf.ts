/**
 * Writing protocol buffers, as far as ONNX needs them.
 * @module
 */

/** An encoded message in parts that are not copied before the end; a network's numbers are most of it. */
export interface Message {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
}

const WIRE_VARINT = 0;
const WIRE_LENGTH = 2;
const WIRE_FLOAT = 5;

/**
 * A whole number as an `int64`, `enum` or length.
 *
 * @param value From 0 to 2⁵³ - 1.
 */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push(rest % 128 + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/**
 * A field of a whole number.
 *
 * @param value From 0 to 2⁵³ - 1.
 * @throws {RangeError} If it is no such number.
 */
export function intField(field: number, value: number): Message {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot write ${value}: must be a whole number from 0`);
  }
  return message([single(varint(field * 8 + WIRE_VARINT)), single(varint(value))]);
}

/** A field of a `float`. */
export function floatField(field: number, value: number): Message {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return message([single(varint(field * 8 + WIRE_FLOAT)), single(bytes)]);
}

/** A field of text, bytes or another message. */
export function field(number: number, content: string | Uint8Array | Message): Message {
  const inner = typeof content === "string"
    ? single(new TextEncoder().encode(content))
    : content instanceof Uint8Array
    ? single(content)
    : content;
  return message([single(varint(number * 8 + WIRE_LENGTH)), single(varint(inner.length)), inner]);
}

/** Fields one after the other. */
export function message(fields: readonly Message[]): Message {
  return {
    parts: fields.flatMap(({ parts }) => parts),
    length: fields.reduce((sum, { length }) => sum + length, 0),
  };
}

/** The bytes of a message. */
export function encodeMessage({ parts, length }: Message): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function single(bytes: Uint8Array): Message {
  return { parts: [bytes], length: bytes.length };
}
