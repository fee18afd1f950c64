import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { jpegSegment } from "../../../src/data/metadata/jpeg_segments.ts";
import { readMetadata } from "../../../src/data/metadata/read_metadata.ts";
import { PIECES } from "./metadata/picture_files.ts";

function concat(...parts: (Uint8Array | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function pngChunk(type: string, content: Uint8Array | number[]): Uint8Array {
  const body = concat([...type].map((char) => char.charCodeAt(0)), content);
  return concat(u32(body.length - 4), body, u32(crc32(body)));
}

/** PNG from rows without filter. `extra` are chunks between header and data. */
function png(
  { width, depth, colour, rows, extra = [] }: {
    width: number;
    depth: number;
    colour: number;
    rows: number[][];
    extra?: Uint8Array[];
  },
): Uint8Array {
  return concat(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk("IHDR", [...u32(width), ...u32(rows.length), depth, colour, 0, 0, 0]),
    ...extra,
    pngChunk("IDAT", deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    pngChunk("IEND", []),
  );
}

/** Four flat 16x16 quarters: red, green above blue, grey. Flat blocks survive JPEG almost unchanged. */
function quarters(): { width: number; height: number; rgba: Uint8ClampedArray } {
  const colours = [[220, 30, 40], [20, 200, 60], [10, 50, 210], [128, 128, 128]];
  const rgba = new Uint8ClampedArray(32 * 32 * 4);
  for (let i = 0; i < 1024; i++) {
    const quarter = (i % 32 < 16 ? 0 : 1) + (i < 512 ? 0 : 2);
    rgba.set([...colours[quarter]!, 255], i * 4);
  }
  return { width: 32, height: 32, rgba };
}

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  }
  assert.ok(worst <= tolerance, `largest error is ${worst}`);
}

function flat(colour: number[]): number[] {
  return Array.from({ length: 64 }, () => colour).flat();
}

// Made with Pillow 9.4: Image.new(mode, (8, 8), colour).save(file, quality=100, optimize=True).
const GREY_JPEG = Uint8Array.fromBase64(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AD7//2Q==",
);
const CMYK_JPEG = Uint8Array.fromBase64(
  "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAoI/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAA4EQwBNAFkASwAAPwB/CyBlyYH/2Q==",
);
const PROGRESSIVE_JPEG = Uint8Array.fromBase64(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/2wBDAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wgARCAAIAAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQBAQAAAAAAAAAAAAAAAAAAAAj/2gAMAwEAAhADEAAAATyu2P/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAQUCf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Bf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Bf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEABj8Cf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8hf//aAAwDAQACAAMAAAAQH//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Qf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Qf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8Qf//Z",
);
// Palette (10,20,30) (40,50,60) (70,80,90), pixels 0 1 2 / 2 1 0, colour 1 transparent; Pillow 9.4.
const GIF = Uint8Array.fromBase64(
  "R0lGODlhAwACAIEAAAoUHigyPEZQWgAAACH5BAEAAAEALAAAAAADAAIAAAgJAAEEECAgAICAADs=",
);
// Image.new("RGBA", (5, 3), (9, 99, 199, 77)).save(file, quality=80).
const LOSSY_WEBP = Uint8Array.fromBase64(
  "UklGRmAAAABXRUJQVlA4WAoAAAAQAAAABAAAAgAAQUxQSAoAAAABB9CmiAhERP8DVlA4IDAAAAAQAgCdASoFAAMAAUAmJaACdLoB+AH4AAPIAP7w+iv/YOmDLn+K9/6aKMKY+2gAAAA=",
);

/** Colours of one pixel each, to be decoded without any change. */
const EXACT: readonly (readonly [string, Uint8Array, number[], number, boolean])[] = [
  [
    "RGBA with colour under alpha 0 and 1",
    png({ width: 2, depth: 8, colour: 6, rows: [[250, 3, 77, 0, 9, 200, 30, 1]] }),
    [250, 3, 77, 0, 9, 200, 30, 1],
    8,
    true,
  ],
  [
    "RGB with a gamma chunk, which is not applied",
    png({
      width: 1,
      depth: 8,
      colour: 2,
      rows: [[1, 100, 254]],
      extra: [pngChunk("gAMA", u32(100000))],
    }),
    [1, 100, 254, 255],
    8,
    false,
  ],
  [
    "16 bits, of which the upper 8 remain",
    png({ width: 1, depth: 16, colour: 2, rows: [[0x12, 0xff, 0x00, 0x80, 0xff, 0x00]] }),
    [0x12, 0x00, 0xff, 255],
    16,
    false,
  ],
  [
    "1 bit",
    png({ width: 2, depth: 1, colour: 0, rows: [[0b01000000]] }),
    [0, 0, 0, 255, 255, 255, 255, 255],
    1,
    false,
  ],
  [
    "grey with alpha",
    png({ width: 1, depth: 8, colour: 4, rows: [[90, 40]] }),
    [90, 90, 90, 40],
    8,
    true,
  ],
  [
    "a palette with transparency",
    png({
      width: 2,
      depth: 4,
      colour: 3,
      rows: [[0x10]],
      extra: [pngChunk("PLTE", [1, 2, 3, 4, 5, 6]), pngChunk("tRNS", [7])],
    }),
    [4, 5, 6, 255, 1, 2, 3, 7],
    4,
    true,
  ],
];

for (const [what, bytes, rgba, bitDepth, hasAlpha] of EXACT) {
  Deno.test(`decodeImage() returns the exact values of PNG: ${what}`, async () => {
    const image = await decodeImage(bytes, { name: "a.png" });
    assert.deepEqual([...image.rgba], rgba);
    assert.equal(image.format, "png");
    assert.equal(image.bitDepth, bitDepth);
    assert.equal(image.hasAlpha, hasAlpha);
    assert.equal(image.orientationApplied, false);
  });
}

Deno.test("decodeImage() reads grey, CMYK and progressive JPEG, whatever the name says", async () => {
  // CMYK (0, 102, 204, 51): 255 (1 - c) (1 - k) = 204, 122.4, 40.8.
  const cases = [
    [GREY_JPEG, [100, 100, 100, 255]],
    [CMYK_JPEG, [204, 122, 41, 255]],
    [PROGRESSIVE_JPEG, [200, 100, 50, 255]],
  ] as const;
  for (const [bytes, colour] of cases) {
    const image = await decodeImage(bytes, { name: "renamed.png" });
    assert.equal(image.format, "jpeg");
    assertNear(image.rgba, flat([...colour]), 1);
  }
});

Deno.test("decodeImage() turns a JPEG upright by its EXIF orientation", async () => {
  const { rgba } = quarters();
  const wide = { width: 32, height: 16, rgba: rgba.subarray(0, 32 * 16 * 4) }; // red left, green right
  const stored = await encodeImage(wide, { format: "jpeg", quality: 100, keepAlpha: false });
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
  const exif = [0xff, 0xe1, 0, 2 + 6 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  const bytes = concat(stored.subarray(0, 2), exif, stored.subarray(2));
  const image = await decodeImage(bytes, { name: "a.jpg" });
  assert.deepEqual([image.width, image.height, image.orientationApplied], [16, 32, true]);
  // Orientation 6 is shown turned by 90 degrees clockwise: the left side comes to the top.
  assertNear(image.rgba.subarray(0, 3), [220, 30, 40], 3);
  assertNear(image.rgba.subarray(-4, -1), [20, 200, 60], 3);
});

Deno.test("decodeImage() says what the samples mean", async () => {
  const cases = [
    [GREY_JPEG, "grey"],
    [CMYK_JPEG, "cmyk"],
    [PROGRESSIVE_JPEG, "rgb"],
    [GIF, "rgb"],
    [LOSSY_WEBP, "rgb"],
    [png({ width: 2, depth: 1, colour: 0, rows: [[0b01000000]] }), "grey"],
    [png({ width: 1, depth: 8, colour: 4, rows: [[90, 40]] }), "grey"],
    [png({ width: 1, depth: 8, colour: 2, rows: [[9, 9, 9]] }), "rgb"],
  ] as const;
  for (const [bytes, expected] of cases) {
    const { colourSpace, isGrey, warnings } = await decodeImage(bytes, { name: "a" });
    assert.deepEqual([colourSpace, isGrey, warnings], [expected, expected === "grey", []]);
  }
});

Deno.test("decodeImage() leaves the profile of a CMYK file out", async () => {
  const icc = PIECES.icc.slice();
  icc.set([0x43, 0x4d, 0x59, 0x4b], 16); // "CMYK"
  const signature = [...new TextEncoder().encode("ICC_PROFILE"), 0, 1, 1];
  const segments = [jpegSegment(0xe2, signature, icc), jpegSegment(0xfe, [65])];
  const bytes = concat(CMYK_JPEG.subarray(0, 2), ...segments, CMYK_JPEG.subarray(2));
  assert.deepEqual(readMetadata(bytes, "jpeg").icc, icc);
  const { metadata } = await decodeImage(bytes, { name: "a" });
  assert.deepEqual(metadata, { comments: [Uint8Array.of(65)] });
});

Deno.test("decodeImage() reads the first frame of a GIF", async () => {
  const image = await decodeImage(GIF, { name: "a.gif" });
  assert.deepEqual([image.width, image.height, image.hasAlpha], [3, 2, true]);
  const [first, clear, last] = [[10, 20, 30, 255], [40, 50, 60, 0], [70, 80, 90, 255]];
  const expected = [first, clear, last, last, clear, first] as number[][];
  for (const [i, pixel] of expected.entries()) {
    const actual = [...image.rgba.subarray(i * 4, i * 4 + 4)];
    if (pixel[3] === 0) assert.equal(actual[3], 0);
    else assert.deepEqual(actual, pixel);
  }
});

Deno.test("decodeImage() reads lossy WebP with alpha", async () => {
  const image = await decodeImage(LOSSY_WEBP, { name: "a.webp" });
  assert.deepEqual([image.width, image.height, image.hasAlpha], [5, 3, true]);
  const expected = Array.from({ length: 15 }, () => [9, 99, 199, 77]).flat();
  assertNear(image.rgba, expected, 3);
});

Deno.test("decodeImage() refuses every file that is cut short", async () => {
  const lossless = await encodeImage(quarters(), { format: "webp", keepAlpha: true });
  const whole = await encodeImage(quarters(), { format: "png", keepAlpha: false });
  const files = { whole, GREY_JPEG, PROGRESSIVE_JPEG, GIF, LOSSY_WEBP, lossless };
  for (const [name, file] of Object.entries(files)) {
    await decodeImage(file, { name });
    for (let length = 0; length < file.length; length++) {
      await assert.rejects(
        decodeImage(file.subarray(0, length), { name }),
        { name: "InputError", message: /file is (cut short|empty)/ },
        `${name} of ${file.length} bytes cut to ${length}`,
      );
    }
  }
});

Deno.test("decodeImage() refuses a PNG with a wrong checksum in any chunk", async () => {
  const good = png({
    width: 1,
    depth: 8,
    colour: 0,
    rows: [[9]],
    extra: [pngChunk("tEXt", [65, 0])],
  });
  for (const type of ["IHDR", "tEXt", "IDAT", "IEND"]) {
    const bad = good.slice();
    const at = new TextDecoder("latin1").decode(bad).indexOf(type) - 4;
    const length = new DataView(bad.buffer).getUint32(at);
    bad[at + 8 + length]! ^= 1;
    await assert.rejects(decodeImage(bad, { name: "a.png" }), {
      name: "InputError",
      message: `Cannot read image "a.png": file is damaged, PNG chunk "${type}" at byte ${at} ` +
        "fails its checksum",
    });
  }
});

Deno.test("decodeImage() wraps what a decoder throws and stays usable", async () => {
  const rows = [[1, 2, 3], [4, 5, 6]];
  const bad = png({ width: 9, depth: 8, colour: 2, rows }); // rows are too short
  await assert.rejects(decodeImage(bad, { name: "a.png" }), (error: Error) => {
    assert.equal(error.name, "InputError");
    assert.equal(error.message, 'Cannot read image "a.png": its PNG data is damaged or cut short');
    return error.cause instanceof Error;
  });
  const webp = await encodeImage(quarters(), { format: "webp", keepAlpha: true });
  webp.fill(0xff, 26);
  await assert.rejects(decodeImage(webp, { name: "a.webp" }), {
    message: 'Cannot read image "a.webp": its WebP data is damaged or cut short',
  });
  assert.equal((await decodeImage(LOSSY_WEBP, { name: "b" })).width, 5);
});

Deno.test("decodeImage() accepts bytes behind the end of the picture", async () => {
  for (const file of [GREY_JPEG, png({ width: 1, depth: 8, colour: 0, rows: [[9]] }), GIF]) {
    assert.ok((await decodeImage(concat(file, [1, 2, 3]), { name: "a" })).width > 0);
  }
});

Deno.test("decodeImage() refuses too many pixels before it decodes them", async () => {
  // The data is missing, so reaching the decoder or the check for damage would give another message.
  const bomb = png({ width: 20000, depth: 8, colour: 2, rows: [] });
  new DataView(bomb.buffer).setUint32(20, 20000);
  await assert.rejects(decodeImage(bomb, { name: "bomb.png" }), {
    name: "InputError",
    message:
      'Cannot read image "bomb.png": 20000x20000 is 400000000 pixels, must be at most 178000000',
  });
  await assert.rejects(decodeImage(GIF, { name: "a.gif", maxPixels: 5 }), {
    message: 'Cannot read image "a.gif": 3x2 is 6 pixels, must be at most 5',
  });
  assert.equal((await decodeImage(GIF, { name: "a.gif", maxPixels: 6 })).width, 3);
});

Deno.test("decodeImage() decodes a view into a larger buffer", async () => {
  for (const file of [GREY_JPEG, GIF, LOSSY_WEBP, EXACT[0]![1]]) {
    const shifted = concat([0xff, 0xff, 0xff], file, [0xff]).subarray(3, 3 + file.length);
    const [a, b] = [
      await decodeImage(shifted, { name: "a" }),
      await decodeImage(file, { name: "b" }),
    ];
    assert.deepEqual(a, b);
  }
});
