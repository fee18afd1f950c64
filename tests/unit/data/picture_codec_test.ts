import assert from "node:assert/strict";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
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
    message: 'Cannot read image "m": file is empty, must be PNG, JPEG, WebP or GIF',
  });
});
