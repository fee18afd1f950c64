/**
 * Spoiling without knowing the format.
 * @module
 */
import {
  join,
  type Mutation,
  noise,
  oddNumber,
  pick,
  pieceLength,
  place,
  readNumber,
  writeNumber,
} from "./mutation.ts";

/** First bytes of formats, and of none. */
const MAGICS: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0xff, 0xd8, 0xff, 0xe0],
  [0x52, 0x49, 0x46, 0x46],
  [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x42, 0x4d],
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x80, 0x02],
  [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e],
  [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
  [0x00, 0x00, 0x00, 0x1c, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66],
  [0x1f, 0x8b, 0x08],
  [0xef, 0xbb, 0xbf],
  [0x00, 0x00, 0x00, 0x00],
];

/** Every mutation that works on any file. */
export const BYTE_MUTATIONS: readonly Mutation[] = [
  {
    name: "flip bits",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      for (let n = random.integer(1, 8); n > 0 && out.length > 0; n--) {
        out[Math.min(out.length - 1, place(random, out.length))]! ^= 1 << random.integer(0, 7);
      }
      return out;
    },
  },
  {
    name: "set bytes",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const at = place(random, out.length);
      const value = pick(random, [0, 255, 127, 128, random.integer(0, 255)]);
      out.fill(value, at, at + pieceLength(random, 16));
      return out;
    },
  },
  {
    name: "noise",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const at = place(random, out.length);
      out.set(noise(random, pieceLength(random, out.length - at)), at);
      return out;
    },
  },
  {
    name: "cut",
    apply: (bytes, { random }) => bytes.slice(0, place(random, bytes.length)),
  },
  {
    name: "insert noise",
    apply: (bytes, { random }) => {
      const at = place(random, bytes.length);
      return join([bytes.slice(0, at), noise(random, pieceLength(random, 999)), bytes.slice(at)]);
    },
  },
  {
    name: "drop a piece",
    apply: (bytes, { random }) => {
      const at = place(random, bytes.length);
      return join([bytes.slice(0, at), bytes.slice(at + pieceLength(random, bytes.length))]);
    },
  },
  {
    name: "double a piece",
    apply: (bytes, { random }) => {
      const at = place(random, bytes.length);
      const piece = bytes.slice(at, at + pieceLength(random, bytes.length));
      const times = pick(random, [1, 1, 2, 50]);
      return join([bytes.slice(0, at), ...Array(times).fill(piece), bytes.slice(at)]);
    },
  },
  {
    name: "splice another file",
    apply: (bytes, { random, others }) => {
      const other = pick(random, others);
      const [at, from] = [place(random, bytes.length), place(random, other.length)];
      const piece = other.slice(from, from + pieceLength(random, other.length));
      const isOver = random.uniform() < 0.5;
      return join([bytes.slice(0, at), piece, bytes.slice(isOver ? at + piece.length : at)]);
    },
  },
  {
    name: "odd number",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const size = pick(random, [1, 2, 2, 4, 4, 4, 8]);
      const at = place(random, Math.max(0, out.length - size));
      const little = random.uniform() < 0.5;
      const value = readNumber(out, at, size, little);
      writeNumber(out, oddNumber(random, value, size), { at, size, little });
      return out;
    },
  },
  {
    name: "another beginning",
    apply: (bytes, { random }) => {
      const magic = Uint8Array.from(pick(random, MAGICS));
      return join([magic, bytes.slice(random.uniform() < 0.7 ? magic.length : 0)]);
    },
  },
  { name: "append", apply: (bytes, { random, others }) => join([bytes, pick(random, others)]) },
];
