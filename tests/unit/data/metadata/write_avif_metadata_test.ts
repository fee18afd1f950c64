import assert from "node:assert/strict";
import { readAvifMetadata } from "../../../../src/data/avif/avif_metadata.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { writeAvifMetadata } from "../../../../src/data/metadata/write_avif_metadata.ts";
import { createRandom } from "../../../../src/random.ts";
import { PIECES } from "./picture_files.ts";

const random = createRandom(5);
const image = {
  width: 12,
  height: 9,
  rgba: Uint8ClampedArray.from({ length: 432 }, () => random.integer(0, 255)),
};

// libavif's avifdec and libheif read such files by hand; here it is the reader, which foreign files hold.
Deno.test("writeAvifMetadata() is read back, whatever is given, and keeps the pixels", async () => {
  const { exif, icc, xmp } = PIECES;
  for (const keepAlpha of [false, true]) {
    const bytes = await encodeImage(image, { format: "avif", keepAlpha });
    const before = await decodeImage(bytes, { name: "a" });
    for (const metadata of [{ exif, icc, xmp }, { exif }, { icc }, { xmp }, { icc, xmp }]) {
      const written = writeAvifMetadata(bytes, metadata);
      const { dpi: _, ...read } = readAvifMetadata(written); // of Exif
      assert.deepEqual(read, metadata);
      const after = await decodeImage(written, { name: "a" });
      assert.deepEqual(after.rgba, before.rgba);
      assert.equal(after.hasAlpha, keepAlpha);
      assert.equal(after.orientationApplied, false, "Exif means nothing to an AVIF");
    }
    assert.deepEqual(writeAvifMetadata(bytes, {}), bytes);
    const dense = writeAvifMetadata(bytes, { dpi: { x: 300, y: 200 } });
    assert.deepEqual((await decodeImage(dense, { name: "a" })).metadata.dpi, { x: 300, y: 200 });
  }
});

Deno.test("writeAvifMetadata() refuses what libavif does not write", async () => {
  assert.throws(() => writeAvifMetadata(new Uint8Array(40), { xmp: PIECES.xmp }));
  const bytes = await encodeImage(image, { format: "avif", keepAlpha: false });
  const at = new TextDecoder("latin1").decode(bytes).indexOf("iinf") + 4;
  bytes[at] = 1;
  assert.throws(() => writeAvifMetadata(bytes, { xmp: PIECES.xmp }));
});
