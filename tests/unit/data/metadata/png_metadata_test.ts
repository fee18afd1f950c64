import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { encodePng } from "../../../../src/data/encode_png.ts";
import { joinBytes, latin1Bytes } from "../../../../src/data/metadata/join_bytes.ts";
import type { PictureMetadata } from "../../../../src/data/metadata/picture_metadata.ts";
import { pngChunk, pngChunks } from "../../../../src/data/metadata/png_chunks.ts";
import { readPngMetadata, writePngMetadata } from "../../../../src/data/metadata/png_metadata.ts";
import { FILES, PHOTOSHOP, PIECES, RAW_PROFILES } from "./picture_files.ts";

const LIMIT = 2 ** 24;
const bare = await encodePng(
  { width: 1, height: 1, rgba: new Uint8Array(4) },
  { keepAlpha: false, isGrey: false },
);
const typesOf = (file: Uint8Array) => pngChunks(file).map(({ type }) => type);
const withChunks = (...chunks: Uint8Array[]) =>
  joinBytes([bare.subarray(0, 33), ...chunks, bare.subarray(33)]);

/** Metadata with every piece that a PNG can hold. */
const ALL: PictureMetadata = {
  ...PIECES,
  photoshop: PHOTOSHOP,
  dpi: { x: 11811 * 0.0254, y: 2835 * 0.0254 },
  texts: [
    { type: "tEXt", data: latin1Bytes("Title\0a") },
    { type: "iTXt", data: latin1Bytes("Comment\0\0\0de\0\0b") },
  ],
  colourChunks: {
    cICP: Uint8Array.of(1, 13, 0, 1),
    gAMA: Uint8Array.of(0, 0, 0xb1, 0x8f),
    cHRM: new Uint8Array(32),
    mDCV: new Uint8Array(24),
    cLLI: new Uint8Array(8),
  },
};

Deno.test("readPngMetadata() reads Pillow's file", () => {
  assert.deepEqual(readPngMetadata(FILES.png, LIMIT), {
    ...PIECES,
    dpi: { x: 11811 * 0.0254, y: 7874 * 0.0254 },
    texts: [{
      type: "zTXt",
      data: joinBytes([latin1Bytes("Title\0\0"), deflateSync(latin1Bytes("a title"))]),
    }],
  });
});

Deno.test("readPngMetadata() reads chunks behind the pixels and ImageMagick's raw profiles", () => {
  const { exif, photoshop } = readPngMetadata(RAW_PROFILES, LIMIT);
  const types = typesOf(RAW_PROFILES);
  assert.ok(types.indexOf("eXIf") > types.indexOf("IDAT"));
  assert.deepEqual({ exif, photoshop }, { exif: PIECES.exif, photoshop: PHOTOSHOP });
  const hex = (bytes: Uint8Array) => `\n\n${bytes.length}\n${bytes.toHex()}\n`;
  const profile = (kind: string, bytes: Uint8Array) =>
    pngChunk("tEXt", latin1Bytes(`Raw profile type ${kind}\0${hex(bytes)}`));
  const exifOfJpeg = joinBytes([latin1Bytes("Exif\0\0"), PIECES.exif]);
  const read = readPngMetadata(
    withChunks(
      profile("APP1", exifOfJpeg),
      profile("xmp", PIECES.xmp),
      profile("icc", PIECES.icc),
      profile("8bim", PHOTOSHOP),
    ),
    LIMIT,
  );
  assert.deepEqual(read, { ...PIECES, photoshop: PHOTOSHOP, dpi: { x: 300, y: 200 } });
});

Deno.test("writePngMetadata() is read back whole, in the order that the standard demands", () => {
  const file = writePngMetadata(bare, ALL);
  assert.deepEqual(readPngMetadata(file, LIMIT), ALL);
  assert.deepEqual(
    typesOf(file),
    ["IHDR", "iCCP", "cICP", "mDCV", "cLLI", "gAMA", "cHRM", "pHYs", "eXIf"]
      .concat(["tEXt", "iTXt", "iTXt", "zTXt", "IDAT", "IEND"]),
  );
  assert.deepEqual(writePngMetadata(file, ALL), file, "what is there is replaced");
  assert.deepEqual(writePngMetadata(bare, {}), bare);
});

Deno.test("writePngMetadata() keeps a profile and sRGB side by side where a file had both", () => {
  const colourChunks = { sRGB: Uint8Array.of(0), gAMA: Uint8Array.of(0, 0, 0xb1, 0x8f) };
  assert.deepEqual(typesOf(writePngMetadata(bare, { colourChunks })).slice(1, 3), ["sRGB", "gAMA"]);
  const both = writePngMetadata(bare, { colourChunks, icc: PIECES.icc });
  assert.deepEqual(typesOf(both).slice(1, 4), ["iCCP", "sRGB", "gAMA"]);
});

Deno.test("writePngMetadata() writes comments of a JPEG as text", () => {
  const { texts } = readPngMetadata(
    writePngMetadata(bare, { comments: [latin1Bytes("hello")] }),
    LIMIT,
  );
  assert.deepEqual(texts, [{ type: "tEXt", data: latin1Bytes("Comment\0hello") }]);
});

Deno.test("readPngMetadata() leaves out what is damaged, too large or of a wrong length", () => {
  const bomb = deflateSync(new Uint8Array(1 << 20));
  const file = withChunks(
    pngChunk("iCCP", joinBytes([latin1Bytes("p\0\0"), bomb])),
    pngChunk("iCCP", latin1Bytes("p\0\0no zlib")),
    pngChunk("eXIf", latin1Bytes("XX*\0\x08\0\0\0")),
    pngChunk("gAMA", new Uint8Array(3)),
    pngChunk("pHYs", new Uint8Array(8)),
    pngChunk("zTXt", joinBytes([latin1Bytes("Raw profile type exif\0\0"), bomb])),
    pngChunk("iTXt", joinBytes([latin1Bytes("XML:com.adobe.xmp\0\x01\0\0\0"), bomb])),
  );
  assert.deepEqual(readPngMetadata(file, 1 << 16), {});
  for (let length = 0; length < FILES.png.length; length++) {
    readPngMetadata(FILES.png.subarray(0, length), LIMIT);
  }
});
