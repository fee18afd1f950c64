import assert from "node:assert/strict";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { readMetadata } from "../../../src/data/metadata/read_metadata.ts";
import { uprightMetadata } from "../../../src/data/metadata/upright_metadata.ts";
import { FILES, SIXTEEN } from "./metadata/picture_files.ts";

Deno.test("decodeImage() gives 16 bits of a PNG where they are wanted", async () => {
  for (const { png: bytes, rgba16 } of SIXTEEN) {
    const image = await decodeImage(bytes, { name: "a" });
    assert.deepEqual(image.rgba16, rgba16);
    assert.equal(image.bitDepth, 16);
    const upper = await decodeImage(bytes, { name: "a", sixteenBits: false });
    assert.equal(upper.rgba16, undefined);
    assert.deepEqual(upper.rgba, image.rgba);
  }
});

Deno.test("decodeImage() gives metadata that fit the upright pixels", async () => {
  for (const format of ["jpeg", "png", "webp"] as const) {
    const image = await decodeImage(FILES[format], { name: "a" });
    assert.deepEqual([image.width, image.height, image.orientationApplied], [5, 7, true]);
    assert.deepEqual(image.metadata, uprightMetadata(readMetadata(FILES[format], format), 6));
    assert.equal(Math.round(image.metadata.dpi!.x), 200);
  }
});

Deno.test("decodeImage() turns a PNG and a WebP upright by their EXIF orientation", async () => {
  // Pixel (x, y) of 7x5 is (30 x, 50 y, 200 - x y). Orientation 6 brings the stored left to the top: what stands
  // upright at (x, y) was stored at (y, 4 - x).
  for (const format of ["png", "webp"] as const) {
    const { rgba } = await decodeImage(FILES[format], { name: "a" });
    for (let y = 0; y < 7; y++) {
      for (let x = 0; x < 5; x++) {
        const at = (y * 5 + x) * 4;
        const expected = [30 * y, 50 * (4 - x), 200 - y * (4 - x), 90];
        assert.deepEqual([...rgba.subarray(at, at + 4)], expected, `${format} at ${x}, ${y}`);
      }
    }
  }
});

Deno.test("decodeImage() reads TIFF, AVIF and BMP", async () => {
  const [width, height] = [9, 7];
  const rgba = Uint8ClampedArray.from({ length: 252 }, (_, i) => i * 37);
  for (const format of ["tiff", "avif"] as const) {
    const bytes = await encodeImage({ width, height, rgba }, { format, keepAlpha: true });
    const image = await decodeImage(bytes, { name: "a" });
    assert.equal(image.format, format);
    assert.deepEqual(image.rgba, rgba);
    await assert.rejects(decodeImage(bytes.subarray(0, -20), { name: "a" }), {
      name: "InputError",
      message: /^Cannot read image "a": .*(cut short|damaged|ends|behind)/,
    });
  }
  // One pixel of 24 bits: file header, header of 40 bytes, blue, green, red and one byte of padding.
  const bmp = new Uint8Array(58);
  const view = new DataView(bmp.buffer);
  bmp.set([0x42, 0x4d], 0);
  for (const [at, value] of [[2, 58], [10, 54], [14, 40], [18, 1], [22, 1], [34, 4]] as const) {
    view.setUint32(at, value, true);
  }
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  bmp.set([30, 20, 10], 54);
  const image = await decodeImage(bmp, { name: "a" });
  assert.deepEqual([image.format, ...image.rgba], ["bmp", 10, 20, 30, 255]);
});
