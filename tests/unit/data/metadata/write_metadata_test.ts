import assert from "node:assert/strict";
import { joinBytes, latin1Bytes } from "../../../../src/data/metadata/join_bytes.ts";
import type { PictureMetadata } from "../../../../src/data/metadata/picture_metadata.ts";
import { readMetadata } from "../../../../src/data/metadata/read_metadata.ts";
import { metadataLosses, writeMetadata } from "../../../../src/data/metadata/write_metadata.ts";
import { FILES, PHOTOSHOP, PIECES } from "./picture_files.ts";

const FORMATS = ["jpeg", "png", "webp"] as const;

Deno.test("writeMetadata() carries Exif, profile, XMP and density from each format to each", () => {
  for (const from of FORMATS) {
    const metadata = readMetadata(FILES[from], from);
    for (const to of FORMATS) {
      const { exif, icc, xmp, dpi } = readMetadata(writeMetadata(FILES[to], to, metadata), to);
      assert.deepEqual({ exif, icc, xmp }, PIECES, `${from} to ${to}`);
      // A PNG counts whole pixels per metre: 300 per inch are 11811.02.
      assert.ok(Math.abs(dpi!.x - 300) < 0.001 && Math.abs(dpi!.y - 200) < 0.001);
    }
  }
});

Deno.test("metadataLosses() names what a format cannot hold, and writing loses just that", () => {
  const metadata: PictureMetadata = {
    ...PIECES,
    photoshop: PHOTOSHOP,
    comments: [latin1Bytes("a")],
    texts: [{ type: "tEXt", data: latin1Bytes("Title\0b") }],
    aspect: { x: 2, y: 1 },
    xmpExtended: Uint8Array.of(1),
    colourChunks: { gAMA: Uint8Array.of(0, 0, 0, 1) },
  };
  assert.deepEqual(metadataLosses(metadata, "png"), ["extended XMP"]);
  assert.deepEqual(metadataLosses(metadata, "jpeg"), ["text chunks", "colour chunks"]);
  assert.deepEqual(
    metadataLosses(metadata, "tiff"),
    ["extended XMP", "comments", "text chunks", "colour chunks"],
  );
  assert.deepEqual(metadataLosses(metadata, "avif"), metadataLosses(metadata, "webp"));
  assert.deepEqual(
    metadataLosses(metadata, "webp"),
    ["extended XMP", "IPTC", "shape of pixels", "comments", "text chunks", "colour chunks"],
  );
  const dpi = { x: 72, y: 72 };
  const exif = joinBytes([PIECES.exif.subarray(0, 8), new Uint8Array(6)]); // no tags
  assert.deepEqual(metadataLosses({ dpi, exif }, "webp"), ["resolution"]);
  assert.deepEqual(metadataLosses({ dpi }, "webp"), []);
  for (const format of [...FORMATS, "avif", "tiff"] as const) {
    assert.deepEqual(metadataLosses(PIECES, format), []);
    const srgb = {
      colourChunks: { sRGB: Uint8Array.of(0), gAMA: Uint8Array.of(0, 0, 0xb1, 0x8f) },
    };
    assert.deepEqual(metadataLosses(srgb, format), [], "sRGB is what everyone assumes");
  }
  const { photoshop } = readMetadata(writeMetadata(FILES.png, "png", metadata), "png");
  assert.deepEqual(photoshop, PHOTOSHOP);
});

Deno.test("metadataLosses() names what is too long for a JPEG", () => {
  const long = new Uint8Array(70_000);
  assert.deepEqual(metadataLosses({ exif: long, xmp: long, icc: long }, "jpeg"), [
    "Exif, which is too long",
    "XMP, which is too long",
  ]);
  assert.deepEqual(metadataLosses({ exif: long, xmp: long, icc: long }, "png"), []);
});
