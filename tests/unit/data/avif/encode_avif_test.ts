import assert from "node:assert/strict";
import { readAvifHeader } from "../../../../src/data/avif/avif_header.ts";
import { decodeAvif } from "../../../../src/data/avif/decode_avif.ts";
import { encodeAvif } from "../../../../src/data/avif/encode_avif.ts";
import { createRandom } from "../../../../src/random.ts";

const [width, height] = [37, 23];
const random = createRandom(8);
/** Noise; a third of the pixels are transparent and have a colour all the same. */
const rgba = Uint8Array.from(
  { length: width * height * 4 },
  (_, i) => i % 4 === 3 && random.uniform() < 0.33 ? 0 : random.integer(0, 255),
);

Deno.test("encodeAvif() without a quality returns every value", async () => {
  const file = await encodeAvif({ width, height, rgba }, { keepAlpha: true });
  assert.deepEqual((await decodeAvif(file)).rgba, new Uint8ClampedArray(rgba));
  const opaque = await encodeAvif({ width, height, rgba }, { keepAlpha: false });
  assert.equal(readAvifHeader(opaque).hasAlpha, false);
  assert.deepEqual(
    (await decodeAvif(opaque)).rgba,
    Uint8ClampedArray.from(rgba, (value, i) => i % 4 === 3 ? 255 : value),
  );
});

for (const bitDepth of [10, 12] as const) {
  Deno.test(`encodeAvif() returns every value of ${bitDepth} bits`, async () => {
    const most = 2 ** bitDepth - 1;
    // 32x32 pixels of four values take all of 12 bits once.
    const values = Uint16Array.from({ length: 4096 }, (_, i) => i & most);
    const rgba16 = values.map((value) => value << (16 - bitDepth));
    const image = { width: 32, height: 32, rgba: new Uint8Array(4096), rgba16 };
    const file = await encodeAvif(image, { keepAlpha: true, bitDepth });
    assert.equal(readAvifHeader(file).bitDepth, bitDepth);
    const back = (await decodeAvif(file)).rgba16!;
    assert.deepEqual(back.map((value) => value >> (16 - bitDepth)), values);
    // The decoder scales to 65535 in float32, so a half may be rounded down.
    for (const [i, value] of values.entries()) {
      assert.ok(Math.abs(back[i]! - (value * 65535) / most) < 0.51, `${value} is ${back[i]}`);
    }
    const again = await encodeAvif({ ...image, rgba16: back }, { keepAlpha: true, bitDepth });
    assert.deepEqual((await decodeAvif(again)).rgba16, back);
  });
}

Deno.test("encodeAvif() with a quality is smaller and near", async () => {
  const smooth = Uint8Array.from(rgba, (_, i) => {
    const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
    return [x * 6, y * 10, 255 - x * 6, x * 7 & 255][i % 4]!;
  });
  const image = { width, height, rgba: smooth };
  const good = await encodeAvif(image, { keepAlpha: true, quality: 90 });
  const small = await encodeAvif(image, { keepAlpha: true, quality: 10 });
  assert.ok(small.length < good.length, `${small.length} and ${good.length} bytes`);
  const back = (await decodeAvif(good)).rgba;
  let worst = 0;
  for (const [i, value] of smooth.entries()) {
    if (i % 4 === 3) assert.equal(back[i], value, "alpha is without loss");
    else worst = Math.max(worst, Math.abs(value - back[i]!));
  }
  assert.ok(worst <= 9, `differs by ${worst}`);
});

Deno.test("encodeAvif() refuses pixels that do not fit the size", async () => {
  const image = { width: 3, height: 2, rgba: new Uint8Array(23) };
  await assert.rejects(encodeAvif(image, { keepAlpha: true }), {
    name: "RangeError",
    message: /23 values/,
  });
});
