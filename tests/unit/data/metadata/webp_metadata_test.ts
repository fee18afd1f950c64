import assert from "node:assert/strict";
import { loadDecoder } from "../../../../src/data/stored_picture.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { joinBytes, latin1Bytes, latin1Text } from "../../../../src/data/metadata/join_bytes.ts";
import {
  readWebpMetadata,
  writeWebpMetadata,
} from "../../../../src/data/metadata/webp_metadata.ts";
import { FILES, PIECES } from "./picture_files.ts";

const DPI = { x: 300, y: 200 }; // what the Exif block says

Deno.test("readWebpMetadata() reads Pillow's file, and nothing from simple ones", () => {
  assert.deepEqual(readWebpMetadata(FILES.webp), { ...PIECES, dpi: DPI });
  assert.deepEqual(readWebpMetadata(FILES.simpleLossless), {});
  assert.deepEqual(readWebpMetadata(FILES.simpleLossy), {});
});

Deno.test("writeWebpMetadata() makes the file that Pillow makes", () => {
  // Same pixels, same encoder: the chunk of pixels differs in nothing.
  const written = writeWebpMetadata(FILES.simpleLossless, PIECES);
  assert.deepEqual(written, FILES.webp);
  assert.deepEqual(writeWebpMetadata(written, PIECES), written);
});

Deno.test("writeWebpMetadata() tells of alpha and pieces in the header, and keeps the pixels", async () => {
  const decode = await loadDecoder("webp");
  for (const [name, file] of Object.entries(FILES).slice(2)) {
    for (const metadata of [PIECES, { icc: PIECES.icc }, { xmp: PIECES.xmp.subarray(1) }]) {
      const written = writeWebpMetadata(file, metadata);
      const kept = name === "webp" ? readWebpMetadata(file) : {};
      const dpi = "exif" in { ...kept, ...metadata } ? { dpi: DPI } : {};
      assert.deepEqual(readWebpMetadata(written), { ...kept, ...metadata, ...dpi });
      const { hasAlpha, width, height } = readImageHeader(written);
      assert.deepEqual([width, height, hasAlpha], [7, 5, name !== "simpleLossy"]);
      const view = new DataView(written.buffer);
      assert.equal(view.getUint32(4, true), written.length - 8);
      assert.equal(written.length % 2, 0);
      assert.deepEqual(await decode(written), await decode(file));
    }
  }
});

Deno.test("writeWebpMetadata() makes a small Exif block of a density that has no other place", () => {
  const written = writeWebpMetadata(FILES.simpleLossy, { dpi: { x: 72, y: 72 } });
  assert.deepEqual(readWebpMetadata(written).dpi, { x: 72, y: 72 });
  assert.deepEqual(writeWebpMetadata(FILES.simpleLossy, {}), FILES.simpleLossy);
});

Deno.test("readWebpMetadata() takes Exif behind JPEG's signature and leaves damaged pieces out", () => {
  const chunk = (type: string, data: Uint8Array) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, data.length, true);
    return joinBytes([latin1Bytes(type), length, data, new Uint8Array(data.length % 2)]);
  };
  const file = (...chunks: Uint8Array[]) => joinBytes([latin1Bytes("RIFF\0\0\0\0WEBP"), ...chunks]);
  const prefixed = chunk("EXIF", joinBytes([latin1Bytes("Exif\0\0"), PIECES.exif]));
  assert.deepEqual(readWebpMetadata(file(prefixed)), { exif: PIECES.exif, dpi: DPI });
  const broken = [chunk("EXIF", latin1Bytes("no")), chunk("ICCP", new Uint8Array(200))];
  assert.deepEqual(readWebpMetadata(file(...broken)), {});
  for (let length = 0; length < FILES.webp.length; length++) {
    const cut = FILES.webp.subarray(0, length);
    readWebpMetadata(cut);
    writeWebpMetadata(cut, PIECES);
  }
  assert.equal(latin1Text(writeWebpMetadata(latin1Bytes("RIFF"), PIECES)), "RIFF");
});
