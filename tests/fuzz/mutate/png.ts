/**
 * Spoiling a PNG behind its checksums.
 * @module
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";
import { BYTE_MUTATIONS } from "./bytes.ts";
import {
  join,
  type Mutation,
  type MutationContext,
  oddNumber,
  pick,
  readNumber,
  shuffle,
  writeNumber,
} from "./mutation.ts";

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function split(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = Number(readNumber(bytes, at, 4, false));
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.slice(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function build(chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.map(({ type, data }) => {
    const out = new Uint8Array(12 + data.length);
    writeNumber(out, BigInt(data.length), { at: 0, size: 4, little: false });
    out.set([...type].map((letter) => letter.charCodeAt(0) & 255), 4);
    out.set(data, 8);
    const sum = BigInt(crc32(out.subarray(4, 8 + data.length)));
    writeNumber(out, sum, { at: 8 + data.length, size: 4, little: false });
    return out;
  });
  return join([SIGNATURE, ...parts]);
}

/** A mutation of the list of chunks. */
function ofChunks(
  name: string,
  change: (chunks: Chunk[], context: MutationContext) => Chunk[] | Promise<Chunk[]>,
): Mutation {
  return {
    name: `PNG: ${name}`,
    apply: async (bytes, context) => {
      const chunks = split(bytes);
      return chunks.length === 0 ? bytes : build(await change(chunks, context));
    },
  };
}

/** Replaces one chunk's data. */
function replaced(chunks: readonly Chunk[], index: number, data: Uint8Array): Chunk[] {
  return chunks.map((chunk, i) => i === index ? { type: chunk.type, data } : chunk);
}

/** 20 MB of zeros. */
let packedZeros: Uint8Array | undefined;

function zipBomb(type: string, text: string): Chunk {
  const head = new TextEncoder().encode(text);
  return {
    type,
    data: join([head, packedZeros ??= new Uint8Array(deflateSync(new Uint8Array(20_000_000)))]),
  };
}

const TYPES = ["IDAT", "PLTE", "tRNS", "iCCP", "eXIf", "zTXt", "iTXt", "pHYs", "IHDR", "IEND"];
TYPES.push("acTL", "fdAT", "gAMA", "cICP", "sBIT", "cHRM", "sRGB", "bKGD", "hIST", "xxXx");

/** Mutations that leave every checksum right. */
export const PNG_MUTATIONS: readonly Mutation[] = [
  ofChunks("mix chunks", (chunks, { random }) => shuffle(random, chunks)),
  ofChunks("rename a chunk", (chunks, { random }) => {
    const index = random.integer(0, chunks.length - 1);
    return chunks.map((chunk, i) => i === index ? { ...chunk, type: pick(random, TYPES) } : chunk);
  }),
  ofChunks("spoil a chunk", async (chunks, context) => {
    const index = context.random.integer(0, chunks.length - 1);
    const { apply } = pick(context.random, BYTE_MUTATIONS);
    return replaced(chunks, index, await apply(chunks[index]!.data, context));
  }),
  ofChunks("header field", (chunks, { random }) => {
    const data = chunks[0]!.data.slice();
    if (data.length < 13) return chunks;
    if (random.uniform() < 0.5) {
      const at = pick(random, [0, 4]);
      const value = oddNumber(random, readNumber(data, at, 4, false), 4);
      writeNumber(data, value, { at, size: 4, little: false });
    } else data[random.integer(8, 12)] = pick(random, [0, 1, 2, 3, 4, 5, 6, 8, 16, 32, 255]);
    return replaced(chunks, 0, data);
  }),
  ofChunks("size bomb", (chunks, { random }) => {
    const data = chunks[0]!.data.slice();
    const side = BigInt(pick(random, [60_000, 65_535, 0x7fffffff, 0xffffffff]));
    for (const at of [0, 4]) writeNumber(data, side, { at, size: 4, little: false });
    return replaced(chunks, 0, data);
  }),
  ofChunks("spoil the rows", async (chunks, context) => {
    const index = chunks.findIndex(({ type }) => type === "IDAT");
    if (index < 0) return chunks;
    let rows: Uint8Array;
    try {
      rows = new Uint8Array(inflateSync(chunks[index]!.data, { maxOutputLength: 1 << 20 }));
    } catch {
      return chunks;
    }
    const { apply } = pick(context.random, BYTE_MUTATIONS);
    return replaced(chunks, index, new Uint8Array(deflateSync(await apply(rows, context))));
  }),
  ofChunks("zip bomb", (chunks, { random }) => {
    const isPixels = random.uniform() < 0.4;
    const bomb = isPixels
      ? zipBomb("IDAT", "")
      : zipBomb(pick(random, ["iCCP", "zTXt", "iTXt"]), "bomb\0\0");
    const rest = isPixels ? chunks.filter(({ type }) => type !== "IDAT") : chunks;
    return [rest[0]!, bomb, ...rest.slice(1)];
  }),
  ofChunks("cut IDAT up", (chunks, { random }) =>
    chunks.flatMap((chunk) => {
      if (chunk.type !== "IDAT") return [chunk];
      const step = random.integer(1, 40);
      const count = Math.ceil(chunk.data.length / step);
      return Array.from({ length: count }, (_, i) => ({
        type: "IDAT",
        data: chunk.data.slice(i * step, (i + 1) * step),
      }));
    })),
];
