import assert from "node:assert/strict";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { patchJpeg } from "../../../src/data/jpeg/patch_jpeg.ts";
import { localCodec } from "../../../src/data/picture_codec.ts";

const levels = (...values: number[]) => ({
  width: values.length,
  height: 1,
  rgba: Uint8ClampedArray.from(values.flatMap((value) => [value, value, value, 255])),
});

Deno.test("localCodec decodes and encodes as the functions do, and gives the file back", async () => {
  const picture = levels(0, 90, 255);
  const bytes = await localCodec.encode(picture, { format: "png", keepAlpha: false });
  assert.deepEqual(bytes, await encodeImage(picture, { format: "png", keepAlpha: false }));
  const decoded = await localCodec.decode(bytes, { name: "a" });
  assert.deepEqual(decoded.image, await decodeImage(bytes, { name: "a" }));
  assert.equal(decoded.bytes, bytes);
});

Deno.test("localCodec patches a JPEG as patchJpeg() does, and gives everything back", async () => {
  const before = levels(...Array.from({ length: 16 }, () => 90));
  const bytes = await localCodec.encode(before, { format: "jpeg", keepAlpha: false });
  const holeMask = new Uint8Array(16).fill(1, 0, 3);
  const rgba = before.rgba.slice().fill(200, 0, 12);
  const patch = { rgba, holeMask, orientation: 1 };
  const result = await localCodec.patch(bytes, patch);
  assert.equal(result.bytes, bytes);
  assert.equal(result.patch, patch);
  assert.deepEqual(result.patched, patchJpeg({ bytes, ...patch }));
  const after = await decodeImage(result.patched!.bytes, { name: "a" });
  assert.ok(after.rgba[0]! > 190 && after.rgba[15 * 4]! === 90, [...after.rgba].join(" "));
  await assert.rejects(localCodec.patch(bytes, { ...patch, rgba: rgba.subarray(4) }), {
    name: "RangeError",
  });
  const damaged = bytes.slice(0, 100);
  const refused = await localCodec.patch(damaged, patch);
  assert.deepEqual([refused.patched, refused.bytes, refused.patch], [undefined, damaged, patch]);
  assert.match(refused.refusal!, /JPEG/);
});

Deno.test("localCodec reads holes from brightness, by threshold and polarity", async () => {
  const bytes = await localCodec.encode(levels(0, 90, 255), { format: "png", keepAlpha: false });
  const plain = await localCodec.readHoles(bytes, { name: "m" });
  assert.deepEqual(plain, {
    width: 3,
    height: 1,
    holeMask: Uint8Array.of(0, 0, 1),
    softPixels: 1,
    holePixels: 1,
  });
  const other = await localCodec.readHoles(bytes, { name: "m", threshold: 90, invert: true });
  assert.deepEqual([...other.holeMask], [1, 0, 0]);
  await assert.rejects(localCodec.readHoles(new Uint8Array(), { name: "m" }), {
    name: "InputError",
    message:
      'Cannot read image "m": file is empty, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
  });
});
