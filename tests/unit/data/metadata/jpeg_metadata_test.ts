import assert from "node:assert/strict";
import { readMetadata } from "../../../../src/data/metadata/read_metadata.ts";
import { dropThumbnail } from "../../../../src/data/metadata/exif_thumbnail.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { joinBytes, latin1Bytes } from "../../../../src/data/metadata/join_bytes.ts";
import {
  MAX_JPEG_EXIF,
  readJpegMetadata,
  writeJpegMetadata,
} from "../../../../src/data/metadata/jpeg_metadata.ts";
import { jpegSegment, jpegSegments } from "../../../../src/data/metadata/jpeg_segments.ts";
import type { PictureMetadata } from "../../../../src/data/metadata/picture_metadata.ts";
import { FILES, PHOTOSHOP, PIECES } from "./picture_files.ts";

const LIMIT = 2 ** 24;
/** Pillow's file without its metadata but the JFIF header: four segments of tables and the scan. */
const bare = (() => {
  const kept = jpegSegments(FILES.jpeg).filter(({ marker }) => marker < 0xe1 || marker > 0xfe);
  const end = jpegSegments(FILES.jpeg).at(-1)!.end;
  const parts = kept.filter(({ marker }) => marker !== 0xfe)
    .map(({ start, end }) => FILES.jpeg.subarray(start, end));
  return joinBytes([[0xff, 0xd8], ...parts, FILES.jpeg.subarray(end)]);
})();
const isOwned = ({ buffer, byteLength }: Uint8Array) => buffer.byteLength === byteLength;

Deno.test("readJpegMetadata() reads Pillow's file", () => {
  const metadata = readJpegMetadata(FILES.jpeg, LIMIT);
  assert.deepEqual(metadata, {
    ...PIECES,
    comments: [latin1Bytes("a comment")],
    dpi: { x: 300, y: 200 },
  });
  for (const piece of [metadata.exif, metadata.icc, metadata.xmp, metadata.comments?.[0]]) {
    assert.ok(isOwned(piece!));
  }
});

Deno.test("writeJpegMetadata() is read back, replaces what was there and keeps the picture", () => {
  const icc = new Uint8Array(150_000); // of three segments
  icc.set(PIECES.icc);
  const metadata: PictureMetadata = {
    ...PIECES,
    icc,
    photoshop: joinBytes([PHOTOSHOP, new Uint8Array(70_000)]), // of two
    comments: [Uint8Array.of(0xe4, 0), latin1Bytes("b")],
    dpi: { x: 299.72, y: 299.72 },
  };
  for (const file of [bare, FILES.jpeg]) {
    const written = writeJpegMetadata(file, metadata);
    const read = readJpegMetadata(written, LIMIT);
    assert.deepEqual(read, metadata);
    assert.deepEqual(writeJpegMetadata(written, metadata), written);
    assert.deepEqual([...written.subarray(0, 4)], [0xff, 0xd8, 0xff, 0xe0], "JFIF comes first");
    const tables = bare.subarray(jpegSegments(bare)[0]!.end);
    assert.deepEqual(written.subarray(-tables.length), tables);
  }
});

Deno.test("writeJpegMetadata() leaves a file alone that it has nothing for", () => {
  assert.deepEqual(writeJpegMetadata(FILES.jpeg, {}), FILES.jpeg);
});

Deno.test("writeJpegMetadata() leaves out what does not fit into a segment", () => {
  const exif = new Uint8Array(MAX_JPEG_EXIF + 1);
  exif.set(PIECES.exif);
  assert.deepEqual(writeJpegMetadata(bare, { exif, xmp: new Uint8Array(65_505) }), bare);
  const written = writeJpegMetadata(bare, { exif: exif.subarray(1) });
  assert.equal(written.length, bare.length + 65_537);
});

Deno.test("writeJpegMetadata() writes the plain comments of a PNG", () => {
  const texts = [
    { type: "tEXt", data: latin1Bytes("Comment\0caf\xe9") },
    { type: "tEXt", data: latin1Bytes("Title\0a") },
  ] as const;
  const { comments } = readJpegMetadata(writeJpegMetadata(bare, { texts }), LIMIT);
  assert.deepEqual(comments, [new TextEncoder().encode("café")]);
});

Deno.test("readJpegMetadata() takes parts of a profile in any order and no incomplete ones", () => {
  const { icc } = PIECES;
  const part = (index: number, count: number, start: number, end: number) =>
    jpegSegment(0xe2, latin1Bytes("ICC_PROFILE\0"), [index, count], icc.subarray(start, end));
  const withParts = (...parts: Uint8Array[]) =>
    readJpegMetadata(joinBytes([[0xff, 0xd8], ...parts, bare.subarray(2)]), LIMIT).icc;
  assert.deepEqual(withParts(part(2, 2, 100, 588), part(1, 2, 0, 100)), icc);
  assert.equal(withParts(part(1, 2, 0, 100)), undefined);
  assert.equal(withParts(part(1, 2, 0, 100), part(1, 2, 100, 588)), undefined);
  assert.equal(withParts(part(1, 2, 0, 100), part(2, 3, 100, 588)), undefined);
  assert.equal(withParts(part(1, 1, 0, 500)), undefined, "the profile says 588 bytes");
});

Deno.test("readJpegMetadata() leaves damaged pieces out", () => {
  const broken = [
    jpegSegment(0xe1, latin1Bytes("Exif\0\0XX*\0\x08\0\0\0")),
    jpegSegment(0xed, latin1Bytes("Photoshop 3.0\x00NONE")),
    jpegSegment(0xe0, latin1Bytes("JFIF\0\x01")),
    jpegSegment(0xe2, latin1Bytes("ICC_PROFILE\0\x01")),
  ];
  const rest = bare.subarray(jpegSegments(bare)[0]!.end);
  const file = joinBytes([[0xff, 0xd8], ...broken, rest]);
  assert.deepEqual(readJpegMetadata(file, LIMIT), {});
  for (let length = 0; length < FILES.jpeg.length; length++) {
    readJpegMetadata(FILES.jpeg.subarray(0, length), LIMIT);
  }
});

Deno.test("writeJpegMetadata() of Exif alone puts another block in and keeps everything else", async () => {
  const exif = dropThumbnail(PIECES.exif);
  const file = writeJpegMetadata(FILES.jpeg, { exif });
  assert.equal(file.length, FILES.jpeg.length);
  assert.deepEqual(readMetadata(file, "jpeg"), { ...readMetadata(FILES.jpeg, "jpeg"), exif });
  const [before, after] = [FILES.jpeg, file].map((bytes) => decodeImage(bytes, { name: "a" }));
  assert.deepEqual((await after!).rgba, (await before!).rgba);
  assert.deepEqual(writeJpegMetadata(file, { exif: PIECES.exif }).length, FILES.jpeg.length);
});
