import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import png from "imagescript/wasm/node/png.js";
import { decodePlainPng } from "../../../src/data/decode_plain_png.ts";
import { createRandom } from "../../../src/random.ts";
import { SIXTEEN } from "./metadata/picture_files.ts";

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

Deno.test("decodePlainPng() gives every bit of ImageMagick's files of 16 bits, interlaced or not", async () => {
  for (const { width, height, png: bytes, rgba16 } of SIXTEEN) {
    const decoded = (await decodePlainPng(bytes))!;
    assert.deepEqual([decoded.width, decoded.height], [width, height]);
    assert.deepEqual(decoded.rgba16, rgba16);
    assert.deepEqual([...decoded.rgba], [...rgba16.map((value) => value >> 8)]);
    const upper = await decodePlainPng(bytes, { sixteenBits: false });
    assert.deepEqual(upper, { width, height, rgba: decoded.rgba });
  }
});

Deno.test("decodePlainPng() gives imagescript's pixels of interlaced files", async () => {
  // 1x1 has one pass, 5x3 has no pixel in the second one.
  for (const [width, height] of [[1, 1], [5, 3], [8, 8], [13, 9]] as const) {
    const passes = [[8, 0, 8, 0], [8, 4, 8, 0], [4, 0, 8, 4], [4, 2, 4, 0], [2, 0, 4, 2], [
      2,
      1,
      2,
      0,
    ], [1, 0, 2, 1]]
      .map(([dx, x, dy, y]) => [Math.ceil((width - x!) / dx!), Math.ceil((height - y!) / dy!)])
      .filter(([w, h]) => w! > 0 && h! > 0);
    const rows = Uint8Array.from(passes.flatMap(([w, h]) => [...randomRows(w!, h!, 3)]));
    const bytes = pngOf({ width, height, colourType: 2, interlace: 1, rows });
    const { framebuffer } = (await (png as PngModule).init()).decode(bytes);
    assert.deepEqual([...(await decodePlainPng(bytes))!.rgba], [...framebuffer]);
  }
});

Deno.test("decodePlainPng() keeps the transparent colour under alpha 0", async () => {
  const rows = Uint8Array.of(0, 1, 2, 3, 1, 2, 4);
  const rgb = { width: 2, height: 1, colourType: 2, rows };
  // Of 8 bits the upper byte of each value does not count.
  const eight = await decodePlainPng(
    pngOf({ ...rgb, transparent: Uint8Array.of(9, 1, 0, 2, 0, 3) }),
  );
  assert.deepEqual([...eight!.rgba], [1, 2, 3, 0, 1, 2, 4, 255]);
  const grey16 = {
    width: 2,
    height: 1,
    colourType: 0,
    bitDepth: 16,
    rows: Uint8Array.of(0, 5, 6, 5, 7),
  };
  const bytes = pngOf({ ...grey16, transparent: Uint8Array.of(5, 7) });
  const sixteen = await decodePlainPng(bytes);
  assert.deepEqual([...sixteen!.rgba16!], [0x506, 0x506, 0x506, 65535, 0x507, 0x507, 0x507, 0]);
  assert.deepEqual(
    [...sixteen!.rgba],
    [5, 5, 5, 255, 5, 5, 5, 0],
    "only one of them is transparent",
  );
  const upper = await decodePlainPng(bytes, { sixteenBits: false });
  assert.deepEqual(upper, { width: 2, height: 1, rgba: sixteen!.rgba });
});

Deno.test("decodePlainPng() leaves other kinds, and what is out of order, to another decoder", async () => {
  const rows = new Uint8Array(2 * 7);
  const rgb = { width: 2, height: 2, colourType: 2, rows };
  assert.ok(await decodePlainPng(pngOf(rgb)) !== undefined);
  const others: readonly Kind[] = [
    { ...rgb, bitDepth: 4 },
    { ...rgb, interlace: 2 },
    { ...rgb, colourType: 3 },
    { ...rgb, transparent: new Uint8Array(5) },
    { ...rgb, rows: rows.subarray(1) },
    { ...rgb, rows: new Uint8Array(15) },
    { ...rgb, rows: Uint8Array.from(rows).fill(5, 0, 1) },
  ];
  for (const kind of others) assert.equal(await decodePlainPng(pngOf(kind)), undefined);
  const damaged = pngOf(rgb);
  damaged.fill(0xff, 41, 43); // the zlib header
  assert.equal(await decodePlainPng(damaged), undefined);
});
