import assert from "node:assert/strict";
import { encodeTiff } from "../../../../src/data/tiff/encode_tiff.ts";
import { readTiffLayout } from "../../../../src/data/tiff/tiff_layout.ts";
import { isExifField, readTiffMetadata } from "../../../../src/data/tiff/tiff_metadata.ts";

const picture = { width: 1, height: 1, rgba: new Uint8Array(4) };

async function resolution(unit: number, x = 100, y = 100) {
  const metadata = { dpi: { x, y } };
  const file = await encodeTiff(picture, { keepAlpha: false, metadata });
  const view = new DataView(file.buffer);
  for (let at = view.getUint32(4, true) + 2;; at += 12) {
    if (view.getUint16(at, true) !== 296) continue;
    view.setUint16(at + 8, unit, true);
    return readTiffMetadata(readTiffLayout(file));
  }
}

Deno.test("readTiffMetadata() gives resolution in pixels per inch", async () => {
  assert.deepEqual(await resolution(2), { dpi: { x: 100, y: 100 } });
  assert.deepEqual(await resolution(3), { dpi: { x: 254, y: 254 } }); // per centimetre
  assert.deepEqual(await resolution(1), {}); // square pixels of no unit say nothing
  assert.deepEqual(await resolution(1, 100, 50), { aspect: { x: 100, y: 50 } });
});

Deno.test("readTiffMetadata() makes no EXIF of orientation and resolution alone", async () => {
  const file = await encodeTiff(picture, { keepAlpha: false });
  assert.deepEqual(readTiffMetadata(readTiffLayout(file)), {});
});

Deno.test("isExifField() tells the picture's tags from those of its storage", () => {
  // Maker, copyright, orientation; then width, strip offsets, predictor, profile.
  assert.deepEqual([271, 33432, 274].map((tag) => isExifField({ tag })), [true, true, true]);
  assert.deepEqual([256, 273, 317, 34675].map((tag) => isExifField({ tag })), [
    false,
    false,
    false,
    false,
  ]);
});
