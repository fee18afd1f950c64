import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { readImageHeader, uprightSize } from "../../../src/data/image_header.ts";
import { FILES } from "./metadata/picture_files.ts";

/** Bytes of text, one per character. */
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function concat(...parts: (Uint8Array | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function pngChunk(type: string, content: number[]): Uint8Array {
  const body = concat(ascii(type), content);
  return concat(u32(content.length), body, u32(crc32(body)));
}

function png(width: number, height: number, depth: number, colour: number, trns = false) {
  return concat(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk("IHDR", [...u32(width), ...u32(height), depth, colour, 0, 0, 0]),
    trns ? pngChunk("tRNS", [0, 0]) : [],
    pngChunk("IDAT", []),
    pngChunk("IEND", []),
  );
}

/** Little-endian EXIF segment that holds one orientation. */
function exifSegment(orientation: number): number[] {
  const tiff = [
    0x49,
    0x49,
    42,
    0,
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    1,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
  ];
  return [0xff, 0xe1, 0, 2 + 6 + tiff.length, ...ascii("Exif\0\0"), ...tiff];
}

/** Marker segments up to the start of scan of a 300x200 JPEG. */
function jpeg(frameMarker: number, extra: number[] = [], height = 200): Uint8Array {
  const frame = [8, height >> 8, height & 255, 1, 44, 1, 1, 0x11, 0];
  return concat(
    [0xff, 0xd8, ...extra, 0xff, 0xff, frameMarker, 0, 11, ...frame, 0xff, 0xda, 0, 8],
    new Uint8Array(6),
  );
}

function webp(chunk: string, content: number[]): Uint8Array {
  const size = [content.length, 0, 0, 0];
  return concat(
    ascii("RIFF"),
    [12 + content.length, 0, 0, 0],
    ascii("WEBP" + chunk),
    size,
    content,
  );
}

/** A GIF whose canvas is 3x2; `frame` is left, top, width, height. */
function gif(frame: number[], transparent = false): Uint8Array {
  const control = [0x21, 0xf9, 4, transparent ? 1 : 0, 0, 0, 0, 0];
  const descriptor = [0x2c, ...frame.flatMap((value) => [value, 0]), 0];
  return concat(
    ascii("GIF89a"),
    [3, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    control,
    descriptor,
    [2, 2, 0x4c, 0x01, 0],
    [0x3b],
  );
}

const still = { bitDepth: 8, hasAlpha: false, orientation: 1 };

Deno.test("readImageHeader() reads size, depth and alpha of PNG", () => {
  const expected = { ...still, format: "png", width: 70000, height: 3 };
  assert.deepEqual(readImageHeader(png(70000, 3, 8, 2)), expected);
  assert.deepEqual(readImageHeader(png(70000, 3, 16, 6)), {
    ...expected,
    bitDepth: 16,
    hasAlpha: true,
  });
  assert.deepEqual(readImageHeader(png(70000, 3, 1, 0)), { ...expected, bitDepth: 1 });
  assert.equal(readImageHeader(png(1, 1, 8, 4)).hasAlpha, true);
  assert.equal(readImageHeader(png(1, 1, 8, 0, true)).hasAlpha, true);
});

Deno.test("readImageHeader() reads a view into a larger buffer", () => {
  const file = png(5, 6, 8, 2);
  const buffer = concat([1, 2, 3], file, [4]);
  assert.equal(readImageHeader(buffer.subarray(3, 3 + file.length)).height, 6);
});

Deno.test("readImageHeader() reads size and orientation of baseline and progressive JPEG", () => {
  const expected = { ...still, format: "jpeg", width: 300, height: 200 };
  assert.deepEqual(readImageHeader(jpeg(0xc0)), expected);
  assert.deepEqual(readImageHeader(jpeg(0xc2, exifSegment(6))), { ...expected, orientation: 6 });
  const twoBlocks = [...exifSegment(3), ...exifSegment(6)];
  assert.equal(readImageHeader(jpeg(0xc0, twoBlocks)).orientation, 3);
});

Deno.test("readImageHeader() ignores the size of a thumbnail inside a JPEG segment", () => {
  const thumbnail = [...jpeg(0xc0, [], 9)];
  const segment = [0xff, 0xe0, 0, 2 + thumbnail.length, ...thumbnail];
  assert.equal(readImageHeader(jpeg(0xc0, segment)).height, 200);
});

Deno.test("readImageHeader() reads the three kinds of WebP", () => {
  const expected = { ...still, format: "webp", width: 300, height: 200 };
  // RFC 9649: 2.5 lossy frame header, 2.6 lossless header, 2.7 extended header; sizes minus one in the last two.
  const lossy = webp("VP8 ", [0, 0, 0, 0x9d, 1, 0x2a, 300 & 255, 300 >> 8, 200, 0]);
  assert.deepEqual(readImageHeader(lossy), expected);
  const bits = 299 | (199 << 14) | (1 << 28);
  const lossless = webp("VP8L", [0x2f, ...u32(bits).reverse()]);
  assert.deepEqual(readImageHeader(lossless), { ...expected, hasAlpha: true });
  const extended = webp("VP8X", [0x10, 0, 0, 0, 299 & 255, 299 >> 8, 0, 199, 0, 0]);
  assert.deepEqual(readImageHeader(extended), { ...expected, hasAlpha: true });
});

Deno.test("readImageHeader() reads GIF and finds transparency and uncovered canvas", () => {
  const expected = { ...still, format: "gif", width: 3, height: 2 };
  assert.deepEqual(readImageHeader(gif([0, 0, 3, 2])), expected);
  assert.deepEqual(readImageHeader(gif([0, 0, 3, 2], true)), { ...expected, hasAlpha: true });
  assert.deepEqual(readImageHeader(gif([1, 0, 2, 2])), { ...expected, hasAlpha: true });
});

const REFUSED: readonly (readonly [string, Uint8Array, string])[] = [
  [
    "an empty file",
    new Uint8Array(),
    "file is empty, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "TIFF of another kind",
    ascii("II*\0\x08\0\0\0\0\0\0\0\0\0"),
    "TIFF holds an unknown kind of colour, must be grey, RGB or a palette",
  ],
  [
    "HEIC",
    ascii("\0\0\0\x18ftypheic"),
    "file looks like HEIC, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "PDF",
    ascii("%PDF-1.7"),
    "file looks like PDF, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "HTML",
    ascii("\n<!DOCTYPE html><html>"),
    "file looks like HTML or XML, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "SVG",
    ascii('<?xml version="1.0"?>\n<svg>'),
    "file looks like SVG, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "text",
    ascii("404 not found\n"),
    "file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "a Git LFS pointer",
    ascii("version https://git-lfs.github.com/spec/v1\n"),
    "file is a Git LFS pointer, not the picture itself, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  [
    "unknown bytes",
    Uint8Array.of(1, 2, 0xab, 4),
    "file starts with the bytes 01 02 ab 04, which is no known format, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  ],
  ["PNG of no size", png(0, 3, 8, 2), "size is 0x3, must be at least 1x1"],
  ["PNG of no kind", png(1, 1, 3, 2), "PNG has colour type 2 with 3 bits, which is none"],
  [
    "JPEG with arithmetic coding",
    jpeg(0xc9),
    "JPEG is lossless or arithmetic-coded, must be baseline or progressive",
  ],
  ["JPEG without size", jpeg(0xc0, [], 0), "size is 300x0, must be at least 1x1"],
  [
    "JPEG without frame",
    Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2),
    "JPEG has no frame header, the file is damaged",
  ],
  [
    "animated WebP",
    webp("VP8X", [2, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
    "WebP is animated, must be a still picture",
  ],
  ["GIF with a frame too large", gif([1, 0, 3, 2]), "GIF frame reaches 4x2, canvas is 3x2"],
];

for (const [what, bytes, reason] of REFUSED) {
  Deno.test(`readImageHeader() refuses ${what}`, () => {
    assert.throws(() => readImageHeader(bytes, { name: "a.png" }), {
      name: "InputError",
      message: `Cannot read image "a.png": ${reason}`,
    });
  });
}

Deno.test("readImageHeader() reads TIFF, AVIF and BMP of other programs", async () => {
  const fixtures = new URL("../../oracle/fixtures/", import.meta.url);
  const read = async (kind: string, name: string) => {
    const { cases } = JSON.parse(await Deno.readTextFile(new URL(`${kind}_files.json`, fixtures)));
    const { file } = cases[kind].find((each: { name: string }) => each.name === name);
    return {
      file: Uint8Array.fromBase64(file),
      size: { width: cases.size[0], height: cases.size[1] },
    };
  };
  const tiff = await read("tiff", "rgba of 16 bits, tiles");
  const expected = { ...still, ...tiff.size };
  assert.deepEqual(readImageHeader(tiff.file), {
    ...expected,
    format: "tiff",
    bitDepth: 16,
    hasAlpha: true,
  });
  const turned = (await read("tiff", "rgb, on its side")).file;
  assert.deepEqual(readImageHeader(turned), { ...expected, format: "tiff", orientation: 6 });
  const avif = (await read("avif", "10 bits")).file;
  assert.deepEqual(readImageHeader(avif), { ...expected, format: "avif", bitDepth: 10 });
  const bmp = (await read("bmp", "1 bit")).file;
  assert.deepEqual(readImageHeader(bmp), { ...expected, format: "bmp", bitDepth: 1 });
  for (const start of ["II*", "MM", "BM"]) {
    assert.throws(() => readImageHeader(ascii(start)), { message: /file is cut short/ });
  }
});

Deno.test("readImageHeader() reads the orientation in the Exif block of PNG and WebP", () => {
  const { format, orientation } = readImageHeader(FILES.png);
  assert.deepEqual([format, orientation], ["png", 6]);
  assert.equal(readImageHeader(FILES.webp).orientation, 6);
  assert.equal(readImageHeader(FILES.simpleLossy).orientation, 1);
});

Deno.test("readImageHeader() works without a name", () => {
  assert.throws(() => readImageHeader(new Uint8Array()), {
    message: "Cannot read image: file is empty, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP",
  });
});

Deno.test("readImageHeader() names a file that ends inside its header, at every length", () => {
  const headers = [
    { file: png(9, 9, 8, 2), needed: 41 }, // signature, IHDR, then length and type of the first IDAT
    { file: jpeg(0xc0), needed: 18 }, // up to and with the start-of-scan marker
    { file: webp("VP8L", [0x2f, 0, 0, 0, 0]), needed: 25 },
    { file: gif([0, 0, 3, 2]), needed: gif([0, 0, 3, 2]).length },
  ];
  for (const { file, needed } of headers) {
    readImageHeader(file.subarray(0, needed));
    for (let length = 2; length < needed; length++) {
      assert.throws(() => readImageHeader(file.subarray(0, length), { name: "x" }), {
        name: "InputError",
        message: `Cannot read image "x": file is cut short, it ends after ${length} bytes`,
      });
    }
  }
});

Deno.test("uprightSize() exchanges the sides of orientations 5 to 8", () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const size = uprightSize({ width: 3, height: 2, orientation });
    assert.deepEqual(size, orientation < 5 ? { width: 3, height: 2 } : { width: 2, height: 3 });
  }
});
