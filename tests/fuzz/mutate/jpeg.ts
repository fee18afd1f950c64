/**
 * Spoiling a JPEG segment by segment, with lengths that fit.
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

interface Segment {
  readonly marker: number;
  /** Behind the length. */
  readonly data: Uint8Array;
  /** What follows a scan's header, up to the next marker. */
  readonly scan: Uint8Array;
}

const NONE = new Uint8Array();

function split(bytes: Uint8Array): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xd9;) {
    const marker = bytes[at + 1]!;
    const end = at + 2 + Number(readNumber(bytes, at + 2, 2, false));
    let next = end;
    if (marker === 0xda) {
      while (next + 1 < bytes.length && !(bytes[next] === 0xff && isMarker(bytes[next + 1]!))) {
        next++;
      }
    }
    segments.push({ marker, data: bytes.slice(at + 4, end), scan: bytes.slice(end, next) });
    at = Math.max(next, at + 4);
  }
  return segments;
}

function isMarker(byte: number): boolean {
  return byte !== 0 && (byte < 0xd0 || byte > 0xd7);
}

function build(segments: readonly Segment[]): Uint8Array {
  const parts = segments.flatMap(({ marker, data, scan }) => {
    const head = new Uint8Array(4);
    head.set([0xff, marker]);
    writeNumber(head, BigInt(data.length + 2), { at: 2, size: 2, little: false });
    return [head, data, scan];
  });
  return join([Uint8Array.of(0xff, 0xd8), ...parts, Uint8Array.of(0xff, 0xd9)]);
}

function ofSegments(
  name: string,
  change: (segments: Segment[], context: MutationContext) => Segment[] | Promise<Segment[]>,
): Mutation {
  return {
    name: `JPEG: ${name}`,
    apply: async (bytes, context) => {
      const segments = split(bytes);
      return segments.length === 0 ? bytes : build(await change(segments, context));
    },
  };
}

const isFrame = ({ marker }: Segment) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Changes the data of the segments that fit. */
function withData(
  segments: readonly Segment[],
  fits: (segment: Segment) => boolean,
  change: (data: Uint8Array) => void,
): Segment[] {
  return segments.map((segment) => {
    if (!fits(segment)) return segment;
    const data = segment.data.slice();
    change(data);
    return { ...segment, data };
  });
}

/** Mutations that leave the lengths of segments right, unless they say otherwise. */
export const JPEG_MUTATIONS: readonly Mutation[] = [
  ofSegments("mix segments", (segments, { random }) => shuffle(random, segments)),
  ofSegments("spoil a segment", async (segments, context) => {
    const index = context.random.integer(0, segments.length - 1);
    const { apply } = pick(context.random, BYTE_MUTATIONS);
    const data = (await apply(segments[index]!.data, context)).slice(0, 65_533);
    return segments.map((segment, i) => i === index ? { ...segment, data } : segment);
  }),
  ofSegments("spoil a scan", async (segments, context) => {
    const { apply } = pick(context.random, BYTE_MUTATIONS);
    const scans = segments.filter(({ marker }) => marker === 0xda);
    if (scans.length === 0) return segments;
    const chosen = pick(context.random, scans);
    const scan = await apply(chosen.scan, context);
    return segments.map((segment) => segment === chosen ? { ...segment, scan } : segment);
  }),
  ofSegments("frame header", (segments, { random }) =>
    withData(segments, isFrame, (data) => {
      const at = random.integer(0, data.length - 1);
      if (random.uniform() < 0.5) data[at] = pick(random, [0, 1, 2, 3, 4, 5, 8, 12, 16, 0x44, 255]);
      else {
        const where = pick(random, [1, 3]);
        const value = oddNumber(random, readNumber(data, where, 2, false), 2);
        writeNumber(data, value, { at: where, size: 2, little: false });
      }
    })),
  ofSegments("size bomb", (segments, { random }) =>
    withData(segments, isFrame, (data) => {
      const side = BigInt(pick(random, [60_000, 65_535, 65_500]));
      for (const at of [1, 3]) writeNumber(data, side, { at, size: 2, little: false });
    })),
  ofSegments("another marker", (segments, { random }) => {
    const index = random.integer(0, segments.length - 1);
    const marker = pick(random, [0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc9, 0xcc, 0xda, 0xdb, 0xdd, 0xe1]);
    return segments.map((segment, i) => i === index ? { ...segment, marker } : segment);
  }),
  ofSegments(
    "tables of a scan",
    (segments, { random }) =>
      withData(segments, ({ marker }) => [0xc4, 0xda, 0xdb, 0xdd].includes(marker), (data) => {
        if (data.length === 0) return;
        data[random.integer(0, Math.min(data.length - 1, 20))] = random.integer(0, 255);
      }),
  ),
  ofSegments("restart interval and Adobe marker", (segments, { random }) => {
    const extra: Segment = random.uniform() < 0.5
      ? { marker: 0xdd, data: Uint8Array.of(0, random.integer(0, 3)), scan: NONE }
      : {
        marker: 0xee,
        data: Uint8Array.of(...new TextEncoder().encode("Adobe\0d\0\0\0\0"), random.integer(0, 3)),
        scan: NONE,
      };
    const at = random.integer(0, segments.length);
    return [...segments.slice(0, at), extra, ...segments.slice(at)];
  }),
  {
    name: "JPEG: a length that lies",
    apply: (bytes, { random }) => {
      const places: number[] = [];
      for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
        places.push(at + 2);
        at += 2 + Math.max(2, Number(readNumber(bytes, at + 2, 2, false)));
      }
      if (places.length === 0) return bytes;
      const out = bytes.slice();
      const at = pick(random, places);
      const value = oddNumber(random, readNumber(bytes, at, 2, false), 2);
      writeNumber(out, value, { at, size: 2, little: false });
      return out;
    },
  },
];
