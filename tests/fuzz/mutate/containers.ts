/**
 * Spoiling RIFF (WebP), boxes (AVIF), directories (TIFF and EXIF) and fixed headers (BMP, GIF).
 * @module
 */
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
  readonly type: Uint8Array;
  readonly data: Uint8Array;
}

interface Layout {
  readonly name: string;
  split(bytes: Uint8Array): readonly [head: Uint8Array, chunks: Chunk[]];
  build(head: Uint8Array, chunks: readonly Chunk[]): Uint8Array;
}

const RIFF: Layout = {
  name: "RIFF",
  split: (bytes) => {
    const chunks: Chunk[] = [];
    for (let at = 12; at + 8 <= bytes.length;) {
      const length = Number(readNumber(bytes, at + 4, 4, true));
      chunks.push({ type: bytes.slice(at, at + 4), data: bytes.slice(at + 8, at + 8 + length) });
      at += 8 + length + length % 2;
    }
    return [bytes.slice(0, 12), chunks];
  },
  build: (head, chunks) => {
    const parts = chunks.map(({ type, data }) => {
      const length = new Uint8Array(4);
      writeNumber(length, BigInt(data.length), { at: 0, size: 4, little: true });
      return join([type, length, data, new Uint8Array(data.length % 2)]);
    });
    const out = join([head, ...parts]);
    writeNumber(out, BigInt(out.length - 8), { at: 4, size: 4, little: true });
    return out;
  },
};

const BOXES: Layout = {
  name: "boxes",
  split: (bytes) => {
    const chunks: Chunk[] = [];
    for (let at = 0; at + 8 <= bytes.length;) {
      const length = Math.max(8, Number(readNumber(bytes, at, 4, false)));
      chunks.push({ type: bytes.slice(at + 4, at + 8), data: bytes.slice(at + 8, at + length) });
      at += length;
    }
    return [new Uint8Array(), chunks];
  },
  build: (_head, chunks) =>
    join(chunks.map(({ type, data }) => {
      const length = new Uint8Array(4);
      writeNumber(length, BigInt(data.length + 8), { at: 0, size: 4, little: false });
      return join([length, type, data]);
    })),
};

function mixAndSpoil(layout: Layout): Mutation[] {
  const change = (
    name: string,
    edit: (chunks: Chunk[], context: MutationContext) => Chunk[] | Promise<Chunk[]>,
  ): Mutation => ({
    name: `${layout.name}: ${name}`,
    apply: async (bytes, context) => {
      const [head, chunks] = layout.split(bytes);
      return chunks.length === 0 ? bytes : layout.build(head, await edit(chunks, context));
    },
  });
  return [
    change("mix", (chunks, { random }) => shuffle(random, chunks)),
    change("rename", (chunks, { random }) => {
      const [from, to] = [pick(random, chunks), pick(random, chunks)];
      return chunks.map((chunk) => chunk === from ? { ...chunk, type: to.type } : chunk);
    }),
    change("spoil one", async (chunks, context) => {
      const chosen = pick(context.random, chunks);
      const data = await pick(context.random, BYTE_MUTATIONS).apply(chosen.data, context);
      return chunks.map((chunk) => chunk === chosen ? { ...chunk, data } : chunk);
    }),
    change("number at the front of one", (chunks, { random }) => {
      const chosen = pick(random, chunks);
      const data = chosen.data.slice();
      const size = pick(random, [1, 2, 3, 4]);
      const at = random.integer(0, Math.min(16, data.length));
      const little = layout === RIFF;
      const value = oddNumber(random, readNumber(data, at, size, little), size);
      writeNumber(data, value, { at, size, little });
      return chunks.map((chunk) => chunk === chosen ? { ...chunk, data } : chunk);
    }),
    change("take a piece from another file", (chunks, { random, others }) => {
      const [, more] = layout.split(pick(random, others));
      if (more.length === 0) return chunks;
      const at = random.integer(0, chunks.length);
      return [...chunks.slice(0, at), pick(random, more), ...chunks.slice(at)];
    }),
  ];
}

/** Mutations of WebP whose chunk lengths stay right. */
export const RIFF_MUTATIONS: readonly Mutation[] = mixAndSpoil(RIFF);

/** Mutations of AVIF whose outer boxes stay right. */
export const BOX_MUTATIONS: readonly Mutation[] = [
  ...mixAndSpoil(BOXES),
  {
    name: "boxes: length of an inner one",
    apply: (bytes, { random }) => {
      const places: number[] = [];
      for (let at = 4; at + 4 <= bytes.length; at++) {
        if (/^[a-z0-9]{4}$/i.test(String.fromCharCode(...bytes.subarray(at, at + 4)))) {
          places.push(at - 4);
        }
      }
      if (places.length === 0) return bytes;
      const out = bytes.slice();
      const at = pick(random, places);
      const value = oddNumber(random, readNumber(out, at, 4, false), 4);
      writeNumber(out, value, { at, size: 4, little: false });
      return out;
    },
  },
];

/** Where a TIFF begins in a file: at 0, or behind "Exif\0\0", or in a chunk named so. */
function findTiff(bytes: Uint8Array): number | undefined {
  for (let at = 0; at + 8 <= bytes.length; at++) {
    const start = String.fromCharCode(...bytes.subarray(at, at + 4));
    if (start === "II*\0" || start === "MM\0*") return at;
  }
  return undefined;
}

/** Mutations of the directory of a TIFF, or of the first EXIF block that a file holds. */
export const DIRECTORY_MUTATIONS: readonly Mutation[] = [
  {
    name: "TIFF: directory entry",
    apply: (bytes, { random }) => {
      const start = findTiff(bytes);
      if (start === undefined) return bytes;
      const out = bytes.slice();
      const little = out[start] === 0x49;
      const first = start + Number(readNumber(out, start + 4, 4, little));
      const count = Number(readNumber(out, first, 2, little));
      if (count === 0 || first + 2 > out.length) return out;
      const entry = first + 2 + 12 * random.integer(0, Math.min(count, 40) - 1);
      const [at, size] = pick(random, [[0, 2], [2, 2], [4, 4], [8, 4], [8, 2], [8, 4]] as const);
      const value = oddNumber(random, readNumber(out, entry + at, size, little), size);
      const chosen = at === 2 ? BigInt(random.integer(0, 20)) : value;
      writeNumber(out, chosen, { at: entry + at, size, little });
      return out;
    },
  },
  {
    name: "TIFF: loops and counts",
    apply: (bytes, { random }) => {
      const start = findTiff(bytes);
      if (start === undefined) return bytes;
      const out = bytes.slice();
      const little = out[start] === 0x49;
      const first = start + Number(readNumber(out, start + 4, 4, little));
      const count = Number(readNumber(out, first, 2, little));
      const next = first + 2 + 12 * count;
      const own = BigInt(first - start);
      switch (random.integer(0, 3)) {
        case 0:
          writeNumber(out, own, { at: next, size: 4, little });
          break;
        case 1:
          writeNumber(out, BigInt(pick(random, [0, 1, 0xffff])), { at: first, size: 2, little });
          break;
        case 2: {
          const at = start + 4;
          writeNumber(out, oddNumber(random, own, 4), { at, size: 4, little });
          break;
        }
        default: {
          const entry = first + 2 + 12 * random.integer(0, Math.max(0, count - 1));
          const tag = BigInt(pick(random, [0x8769, 0x8825, 0xa005, 0x14a, 0x111, 0x112, 0x201]));
          writeNumber(out, tag, { at: entry, size: 2, little });
          writeNumber(out, own, { at: entry + 8, size: 4, little });
        }
      }
      return out;
    },
  },
];

/** A mutation of the numbers in the first bytes of a file. */
export function headerMutation(name: string, reach: number, little: boolean): Mutation {
  return {
    name: `${name}: header`,
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const size = pick(random, [1, 2, 2, 4, 4]);
      const at = random.integer(2, reach);
      const value = oddNumber(random, readNumber(out, at, size, little), size);
      writeNumber(out, value, { at, size, little });
      return out;
    },
  };
}
