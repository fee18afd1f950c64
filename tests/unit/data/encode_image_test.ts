import assert from "node:assert/strict";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { readImageHeader } from "../../../src/data/image_header.ts";
import { createRandom } from "../../../src/random.ts";

/** Random colours under every alpha, 0 and 255 included often. */
function noise(width: number, height: number, seed = 1) {
  const random = createRandom(seed);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < rgba.length; i++) rgba[i] = random.integer(0, 255);
  for (let i = 3; i < rgba.length; i += 4) {
    const kind = random.integer(0, 3);
    if (kind < 2) rgba[i] = kind * 255;
  }
  return { width, height, rgba };
}

function opaque(rgba: Uint8ClampedArray): Uint8ClampedArray {
  return rgba.map((value, i) => i % 4 === 3 ? 255 : value);
}

// Decoding goes through libraries that share no code with the PNG writer.
for (const format of ["png", "webp"] as const) {
  Deno.test(`encodeImage() keeps every byte of random RGBA in ${format}`, async () => {
    for (const [width, height] of [[1, 1], [1, 7], [53, 37], [256, 3]] as const) {
      const image = noise(width, height, width);
      const bytes = await encodeImage(image, { format, keepAlpha: true });
      const decoded = await decodeImage(bytes, { name: format });
      assert.deepEqual([decoded.format, decoded.width, decoded.height], [format, width, height]);
      assert.deepEqual(decoded.rgba, image.rgba);
    }
  });

  Deno.test(`encodeImage() keeps every colour and drops alpha in ${format} without keepAlpha`, async () => {
    const image = noise(53, 37);
    const before = image.rgba.slice();
    const bytes = await encodeImage(image, { format, keepAlpha: false });
    assert.equal(readImageHeader(bytes).hasAlpha, false);
    assert.deepEqual((await decodeImage(bytes, { name: format })).rgba, opaque(before));
    assert.deepEqual(image.rgba, before, "the input must not change");
  });
}

Deno.test("encodeImage() gives the same bytes for the same pixels", async () => {
  for (const format of ["png", "jpeg", "webp"] as const) {
    const first = await encodeImage(noise(20, 10), { format, keepAlpha: false });
    assert.deepEqual(first, await encodeImage(noise(20, 10), { format, keepAlpha: false }));
  }
});

Deno.test("encodeImage() accepts a plain Uint8Array that is a part of a buffer", async () => {
  const image = noise(5, 4);
  const rgba = new Uint8Array(image.rgba.length + 1).subarray(1);
  rgba.set(image.rgba);
  for (const format of ["png", "webp"] as const) {
    const bytes = await encodeImage({ ...image, rgba }, { format, keepAlpha: true });
    assert.deepEqual((await decodeImage(bytes, { name: format })).rgba, image.rgba);
  }
});

Deno.test("encodeImage() writes JPEG close to the pixels and without colour subsampling", async () => {
  // Columns alternate between two colours of equal luma: with 4:2:0 both would become their mean.
  const rgba = new Uint8ClampedArray(16 * 16 * 4);
  for (let i = 0; i < 256; i++) {
    rgba.set(i % 2 === 0 ? [160, 80, 80, 0] : [60, 131, 80, 255], i * 4);
  }
  const image = { width: 16, height: 16, rgba };
  const bytes = await encodeImage(image, { format: "jpeg", keepAlpha: true });
  const decoded = await decodeImage(bytes, { name: "a.jpg" });
  assert.equal(decoded.format, "jpeg");
  const errors = decoded.rgba.map((value, i) => Math.abs(value - opaque(rgba)[i]!));
  // Measured 2; the mean of the two colours would be off by 50.
  assert.ok(Math.max(...errors) <= 5, `largest error is ${Math.max(...errors)}`);
});

Deno.test("encodeImage() makes smaller files at lower quality", async () => {
  const image = noise(64, 64);
  for (const format of ["jpeg", "webp"] as const) {
    const low = await encodeImage(image, { format, quality: 20, keepAlpha: false });
    const high = await encodeImage(image, { format, quality: 95, keepAlpha: false });
    assert.ok(low.length < high.length * 0.7, `${format}: ${low.length} against ${high.length}`);
  }
  const normal = await encodeImage(image, { format: "jpeg", keepAlpha: false });
  assert.deepEqual(
    normal,
    await encodeImage(image, { format: "jpeg", quality: 95, keepAlpha: false }),
  );
});

Deno.test("encodeImage() refuses pixels of another size", async () => {
  const rgba = new Uint8Array(15);
  await assert.rejects(
    encodeImage({ width: 2, height: 2, rgba }, { format: "png", keepAlpha: true }),
    { name: "RangeError", message: "Cannot encode image: it has 15 bytes, 2x2 needs 16" },
  );
});

Deno.test("encodeImage() refuses a quality outside 1 to 100", async () => {
  for (const quality of [0, 101, 50.5, NaN]) {
    await assert.rejects(
      encodeImage(noise(2, 2), { format: "jpeg", quality, keepAlpha: false }),
      {
        name: "RangeError",
        message: `Cannot encode image: quality is ${quality}, must be a whole number from 1 to 100`,
      },
    );
  }
});

Deno.test("encodeImage() refuses a side that the format cannot state", async () => {
  const tall = { width: 1, height: 16384, rgba: new Uint8Array(4 * 16384) };
  await assert.rejects(encodeImage(tall, { format: "webp", keepAlpha: false }), {
    name: "InputError",
    message: "Cannot encode image as WebP: it is 1x16384, no side may exceed 16383 pixels",
  });
  const wide = { width: 65536, height: 1, rgba: new Uint8Array(4 * 65536) };
  await assert.rejects(encodeImage(wide, { format: "jpeg", keepAlpha: false }), {
    name: "InputError",
    message: "Cannot encode image as JPEG: it is 65536x1, no side may exceed 65535 pixels",
  });
  const png = await encodeImage(wide, { format: "png", keepAlpha: false });
  assert.equal(readImageHeader(png).width, 65536);
});
