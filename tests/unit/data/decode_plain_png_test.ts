import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import png from "imagescript/wasm/node/png.js";
import { decodePlainPng } from "../../../src/data/decode_plain_png.ts";
import { createRandom } from "../../../src/random.ts";

/** imagescript's decoder, which comes without types. */
interface PngModule {
  init(): Promise<{ decode(bytes: Uint8Array): { framebuffer: Uint8Array } }>;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

interface Kind {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  readonly bitDepth?: number;
  readonly interlace?: number;
  /** Rows with filter bytes. */
  readonly rows: Uint8Array;
  readonly transparent?: Uint8Array;
  /** Into how many chunks the data is cut. */
  readonly parts?: number;
}

function pngOf(kind: Kind): Uint8Array {
  const { width, height, colourType, bitDepth = 8, interlace = 0, rows, parts = 1 } = kind;
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([bitDepth, colourType, 0, 0, interlace], 8);
  const data = deflateSync(rows);
  const size = Math.ceil(data.length / parts);
  const pieces = Array.from({ length: parts }, (_, i) => data.subarray(i * size, (i + 1) * size));
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", header),
    ...kind.transparent === undefined ? [] : chunk("tRNS", kind.transparent),
    ...pieces.flatMap((piece) => [...chunk("IDAT", piece)]),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

/** Rows of chance; the filter of row y is y mod 5, so each is undone below each other one. */
function randomRows(width: number, height: number, channels: number): Uint8Array {
  const random = createRandom(width, height, channels);
  const stride = 1 + width * channels;
  return Uint8Array.from(
    { length: height * stride },
    (_, i) =>
      i % stride === 0 ? (i / stride * 7 + Math.floor(i / stride / 5)) % 5 : random.integer(0, 255),
  );
}

Deno.test("decodePlainPng() gives imagescript's pixels for every filter, kind and size", async () => {
  for (const [colourType, channels] of [[0, 1], [2, 3], [4, 2], [6, 4]] as const) {
    for (const [width, height] of [[1, 1], [1, 30], [17, 1], [13, 50]] as const) {
      const rows = randomRows(width, height, channels);
      const bytes = pngOf({ width, height, colourType, rows, parts: 1 + width % 3 });
      const { framebuffer } = (await (png as PngModule).init()).decode(bytes);
      const decoded = await decodePlainPng(bytes);
      assert.deepEqual([decoded?.width, decoded?.height], [width, height]);
      assert.deepEqual([...decoded!.rgba], [...framebuffer], `${colourType}: ${width}x${height}`);
    }
  }
});

Deno.test("decodePlainPng() leaves other kinds, and what is out of order, to another decoder", async () => {
  const rows = new Uint8Array(2 * 7);
  const rgb = { width: 2, height: 2, colourType: 2, rows };
  assert.ok(await decodePlainPng(pngOf(rgb)) !== undefined);
  const others: readonly Kind[] = [
    { ...rgb, bitDepth: 16, rows: new Uint8Array(2 * 13) },
    { ...rgb, interlace: 1 },
    { ...rgb, colourType: 3 },
    { ...rgb, transparent: new Uint8Array(6) },
    { ...rgb, rows: rows.subarray(1) },
    { ...rgb, rows: new Uint8Array(15) },
    { ...rgb, rows: Uint8Array.from(rows).fill(5, 0, 1) },
  ];
  for (const kind of others) assert.equal(await decodePlainPng(pngOf(kind)), undefined);
  const damaged = pngOf(rgb);
  damaged.fill(0xff, 41, 43); // the zlib header
  assert.equal(await decodePlainPng(damaged), undefined);
});
