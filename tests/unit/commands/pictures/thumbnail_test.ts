import assert from "node:assert/strict";
import {
  pictureUrl,
  shrinkToSide,
  thumbnail,
} from "../../../../src/commands/pictures/thumbnail.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";

/** A picture of one colour. */
function plain(width: number, height: number, colour: readonly number[]) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) rgba.set(colour, i * 4);
  return { width, height, rgba };
}

async function decodeUrl(url: string) {
  const [head, body] = url.split(",");
  assert.equal(head, "data:image/webp;base64");
  return await decodeImage(Uint8Array.fromBase64(body!), { name: "thumbnail" });
}

Deno.test("shrinkToSide() keeps the shape and averages what falls together", () => {
  const { width, height, rgba } = shrinkToSide(plain(1000, 250, [10, 20, 30, 255]), 100);
  assert.deepEqual([width, height], [100, 25]);
  for (let i = 0; i < rgba.length; i += 4) {
    assert.deepEqual([...rgba.subarray(i, i + 4)], [10, 20, 30, 255]);
  }
  // Columns of black and white: a pixel of the half size lies between two of them, so it is their mean.
  const stripes = plain(8, 8, [0, 0, 0, 255]);
  for (let i = 0; i < 64; i += 2) stripes.rgba.set([255, 255, 255], i * 4);
  const grey = shrinkToSide(stripes, 4);
  assert.ok(grey.rgba[(4 + 1) * 4]! > 120 && grey.rgba[(4 + 1) * 4]! < 136);
});

Deno.test("shrinkToSide() leaves a small picture alone, and a thin one a pixel of width", () => {
  const small = plain(100, 40, [1, 2, 3, 255]);
  assert.equal(shrinkToSide(small, 100), small);
  const { width, height } = shrinkToSide(plain(1000, 1, [0, 0, 0, 255]), 100);
  assert.deepEqual([width, height], [100, 1]);
});

Deno.test("pictureUrl() lays a picture over white", async () => {
  // Of alpha 102, four tenths: 0.4 · 100 + 0.6 · 255 = 193.
  const { rgba, hasAlpha } = await decodeUrl(
    await pictureUrl(plain(16, 16, [100, 100, 100, 102]), localCodec),
  );
  assert.equal(hasAlpha, false);
  for (let c = 0; c < 3; c++) assert.ok(Math.abs(rgba[c]! - 193) <= 3, String(rgba.subarray(0, 4)));
});

Deno.test("thumbnail() makes a picture of the size asked for", async () => {
  const { width, height } = await decodeUrl(
    await thumbnail(plain(64, 32, [9, 9, 9, 255]), { codec: localCodec, mostSide: 16 }),
  );
  assert.deepEqual([width, height], [16, 8]);
});
