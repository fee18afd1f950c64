/**
 * Spoiling zip archives, pickles and tar archives behind their checksums.
 * @module
 */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Random } from "../../../src/random.ts";
import { BYTE_MUTATIONS } from "./bytes.ts";
import {
  join,
  type Mutation,
  type MutationContext,
  oddNumber,
  pick,
  place,
  readNumber,
  shuffle,
  writeNumber,
} from "./mutation.ts";

interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly deflate: boolean;
  /** What the directory says in place of the truth. */
  readonly size?: number;
}

function split(bytes: Uint8Array): Entry[] {
  const entries: Entry[] = [];
  const view = (at: number, size: number) => Number(readNumber(bytes, at, size, true));
  let end = bytes.length - 22;
  while (end >= 0 && view(end, 4) !== 0x06054b50) end--;
  if (end < 0) return entries;
  for (let at = view(end + 16, 4); at + 46 <= bytes.length && view(at, 4) === 0x02014b50;) {
    const [method, stored, nameLength] = [view(at + 10, 2), view(at + 20, 4), view(at + 28, 2)];
    const local = view(at + 42, 4);
    const start = local + 30 + view(local + 26, 2) + view(local + 28, 2);
    const raw = bytes.slice(start, start + stored);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const content = method === 8 ? new Uint8Array(inflateRawSync(raw)) : raw;
    entries.push({ name, content, deflate: method === 8 });
    at += 46 + nameLength + view(at + 30, 2) + view(at + 32, 2);
  }
  return entries;
}

function build(entries: readonly Entry[]): Uint8Array {
  const [locals, directory]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const { name, content, deflate, size = content.length } of entries) {
    const stored = deflate ? pack(content) : content;
    const label = new TextEncoder().encode(name);
    const facts = new Uint8Array(26);
    const put = (value: number, at: number, bytes: number) =>
      writeNumber(facts, BigInt(value), { at, size: bytes, little: true });
    put(20, 0, 2);
    put(deflate ? 8 : 0, 4, 2);
    put(crc32(content), 10, 4);
    put(stored.length, 14, 4);
    put(size, 18, 4);
    put(label.length, 22, 2);
    const local = join([Uint8Array.of(0x50, 0x4b, 3, 4), facts, label, stored]);
    const tail = new Uint8Array(14);
    writeNumber(tail, BigInt(offset), { at: 10, size: 4, little: true });
    directory.push(join([Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), facts, tail, label]));
    locals.push(local);
    offset += local.length;
  }
  const table = join(directory);
  const end = new Uint8Array(22);
  end.set([0x50, 0x4b, 5, 6]);
  for (const at of [8, 10]) writeNumber(end, BigInt(entries.length), { at, size: 2, little: true });
  writeNumber(end, BigInt(table.length), { at: 12, size: 4, little: true });
  writeNumber(end, BigInt(offset), { at: 16, size: 4, little: true });
  return join([...locals, table, end]);
}

/** Zeros, of which the second is more than a small file is believed; packed once, for that takes long. */
const BOMBS: readonly Uint8Array[] = [5_000_000, 80_000_000].map((length) =>
  new Uint8Array(length)
);
const PACKED = new Map<Uint8Array, Uint8Array>();

function pack(content: Uint8Array): Uint8Array {
  const packed = PACKED.get(content) ?? new Uint8Array(deflateRawSync(content));
  if (BOMBS.includes(content)) PACKED.set(content, packed);
  return packed;
}

function ofEntries(
  name: string,
  change: (entries: Entry[], context: MutationContext) => Entry[] | Promise<Entry[]>,
): Mutation {
  return {
    name: `zip: ${name}`,
    apply: async (bytes, context) => {
      let entries: Entry[] = [];
      try {
        entries = split(bytes);
      } catch {
        // Spoilt before: its bytes are changed instead.
      }
      return entries.length === 0 ? bytes : build(await change(entries, context));
    },
  };
}

async function spoilEntry(
  entries: readonly Entry[],
  chosen: Entry | undefined,
  change: (content: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Entry[]> {
  if (chosen === undefined) return [...entries];
  const content = await change(chosen.content);
  return entries.map((entry) => entry === chosen ? { ...entry, content } : entry);
}

const pickleOf = (entries: readonly Entry[]) => entries.find(({ name }) => name.endsWith(".pkl"));

/** Every opcode of pickle, known here or not. */
const OPCODES = [..."().NIJKMLFGXSTUVBCtlaesudcRbQPghjpqr012o"].map((c) => c.charCodeAt(0))
  .concat(Array.from({ length: 25 }, (_, i) => 0x80 + i));

/** Mutations of a row of opcodes. */
export const PICKLE_MUTATIONS: readonly Mutation[] = [
  {
    name: "pickle: another opcode",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      if (out.length === 0) return out;
      const known = [...out.keys()].filter((i) => OPCODES.includes(out[i]!));
      out[pick(random, known.length === 0 ? [0] : known)] = pick(random, OPCODES);
      return out;
    },
  },
  {
    name: "pickle: more opcodes",
    apply: (bytes, { random }) => {
      const at = place(random, bytes.length);
      const count = pick(random, [1, 2, 5, 300]);
      const same = random.uniform() < 0.3 ? pick(random, OPCODES) : undefined;
      const put = Uint8Array.from({ length: count }, () => same ?? pick(random, OPCODES));
      return join([bytes.slice(0, at), put, bytes.slice(at)]);
    },
  },
  {
    name: "pickle: an argument",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const numbers = [...out.keys()].filter((i) => [0x4a, 0x4b, 0x4d, 0x58].includes(out[i]!));
      if (numbers.length === 0) return out;
      const at = pick(random, numbers);
      const size = { 0x4a: 4, 0x4b: 1, 0x4d: 2, 0x58: 4 }[out[at]!]!;
      const value = oddNumber(random, readNumber(out, at + 1, size, true), size);
      writeNumber(out, value, { at: at + 1, size, little: true });
      return out;
    },
  },
];

/** Mutations of an archive whose sums and directory stay right, unless they say otherwise. */
export const ZIP_MUTATIONS: readonly Mutation[] = [
  ofEntries("spoil the pickle", (entries, context) =>
    spoilEntry(
      entries,
      pickleOf(entries),
      (content) =>
        pick(context.random, [...PICKLE_MUTATIONS, ...BYTE_MUTATIONS]).apply(content, context),
    )),
  ofEntries(
    "spoil an opcode",
    (entries, context) =>
      spoilEntry(
        entries,
        pickleOf(entries),
        (content) => pick(context.random, PICKLE_MUTATIONS).apply(content, context),
      ),
  ),
  ofEntries(
    "spoil an entry",
    (entries, context) =>
      spoilEntry(
        entries,
        pick(context.random, entries),
        (content) => pick(context.random, BYTE_MUTATIONS).apply(content, context),
      ),
  ),
  ofEntries("mix entries", (entries, { random }) => shuffle(random, entries)),
  ofEntries("rename an entry", (entries, { random }) => {
    const chosen = pick(random, entries);
    const name = pick(random, [
      "../../outside",
      "/etc/passwd",
      "",
      "a\nb",
      "archive/data.pkl",
      "x".repeat(60_000),
      `${chosen.name}/../${chosen.name}`,
      chosen.name.toUpperCase(),
    ]);
    return entries.map((entry) => entry === chosen ? { ...entry, name } : entry);
  }),
  ofEntries("zip bomb", (entries, { random }) => {
    const chosen = pick(random, entries);
    const content = pick(random, BOMBS);
    return entries.map((entry) => entry === chosen ? { ...entry, content, deflate: true } : entry);
  }),
  ofEntries("a size that lies", (entries, { random }) => {
    const chosen = pick(random, entries);
    const size = Number(oddNumber(random, BigInt(chosen.content.length), 4));
    const deflate = random.uniform() < 0.5;
    return entries.map((entry) => entry === chosen ? { ...entry, size, deflate } : entry);
  }),
];

/** Writes the checksum of a tar header again. */
function sealTar(header: Uint8Array): void {
  header.fill(32, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
}

function tarField(header: Uint8Array, random: Random): void {
  const put = (text: string, at: number, size: number) => {
    header.fill(0, at, at + size);
    header.set(new TextEncoder().encode(text).subarray(0, size), at);
  };
  switch (random.integer(0, 3)) {
    case 0:
      put(
        pick(random, [
          "00000000000",
          "77777777777",
          "-0000000001",
          "999",
          "",
          " 1 ",
          "00000000777",
        ]),
        124,
        12,
      );
      break;
    case 1:
      header[156] = pick(random, [..."01234567LKgxSVMNX\0"].map((c) => c.charCodeAt(0)));
      break;
    case 2:
      put(
        pick(random, ["../../x.png", "/etc/x.png", "", "a\nb.png", "C:\\x.png", "a/../b.png"]),
        0,
        100,
      );
      break;
    default:
      // A size in base 256.
      header.set([0x80, 0, 0, 0, random.integer(0, 255), 255, 255, 255, 255, 255, 255, 255], 124);
  }
}

/** Mutations of tar headers with checksums that fit. */
export const TAR_MUTATIONS: readonly Mutation[] = [
  {
    name: "tar: a header",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const starts = [...Array(Math.floor(out.length / 512)).keys()].map((i) => i * 512)
        .filter((at) => String.fromCharCode(...out.subarray(at + 257, at + 262)) === "ustar");
      if (starts.length === 0) return out;
      const at = pick(random, starts);
      const header = out.subarray(at, at + 512);
      tarField(header, random);
      sealTar(header);
      return out;
    },
  },
  {
    name: "tar: mix blocks",
    apply: (bytes, { random }) => {
      const count = Math.ceil(bytes.length / 512);
      const blocks = Array.from({ length: count }, (_, i) => bytes.slice(i * 512, (i + 1) * 512));
      return join(shuffle(random, blocks));
    },
  },
];
