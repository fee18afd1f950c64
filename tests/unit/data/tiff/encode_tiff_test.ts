import assert from "node:assert/strict";
import type { PictureMetadata } from "../../../../src/data/metadata/picture_metadata.ts";
import { decodeTiff } from "../../../../src/data/tiff/decode_tiff.ts";
import { encodeTiff } from "../../../../src/data/tiff/encode_tiff.ts";
import { readTiffLayout } from "../../../../src/data/tiff/tiff_layout.ts";
import { createRandom } from "../../../../src/random.ts";

/** Noise, the hardest case of a predictor that wraps around; tall enough for several strips. */
function noise(width: number, height: number) {
  const random = createRandom(5);
  const count = width * height * 4;
  return {
    width,
    height,
    rgba: Uint8Array.from({ length: count }, () => random.integer(0, 255)),
    rgba16: Uint16Array.from({ length: count }, () => random.integer(0, 65535)),
  };
}

Deno.test("encodeTiff() returns every value, in 8 and 16 bits, with and without alpha", async () => {
  const { width, height, rgba, rgba16 } = noise(123, 1100);
  const eight = await decodeTiff(await encodeTiff({ width, height, rgba }, { keepAlpha: true }));
  assert.deepEqual(eight.rgba, new Uint8ClampedArray(rgba));
  assert.equal(eight.rgba16, undefined);
  const file = await encodeTiff({ width, height, rgba, rgba16 }, { keepAlpha: true });
  assert.ok(readTiffLayout(file).offsets.length > 3, "one strip does not test strips");
  const sixteen = await decodeTiff(file);
  assert.deepEqual(sixteen.rgba16, rgba16);
  const opaque = await decodeTiff(
    await encodeTiff({ width, height, rgba, rgba16 }, { keepAlpha: false }),
  );
  assert.deepEqual(opaque.rgba16, rgba16.map((value, i) => i % 4 === 3 ? 65535 : value));
});

Deno.test("encodeTiff() writes grey as one sample", async () => {
  const rgba = Uint8Array.of(7, 7, 7, 255, 200, 200, 200, 9);
  const image = { width: 2, height: 1, rgba };
  const file = await encodeTiff(image, { keepAlpha: true, isGrey: true });
  assert.equal(readTiffLayout(file).samples, 2);
  const back = await decodeTiff(file);
  assert.deepEqual([...back.rgba], [...rgba]);
  assert.equal(back.isGrey, true);
});

/** No more of a colour profile than tells that it is one. */
function profile(): Uint8Array {
  const icc = Uint8Array.from({ length: 131 }, (_, i) => i);
  icc.set([0, 0, 0, 131]);
  icc.set(new TextEncoder().encode("RGB "), 16);
  icc.set(new TextEncoder().encode("acsp"), 36);
  return icc;
}

Deno.test("encodeTiff() keeps resolution, profile, XMP and Photoshop's resources", async () => {
  const metadata: PictureMetadata = {
    icc: profile(),
    xmp: new TextEncoder().encode("<x:xmpmeta/>"),
    photoshop: new TextEncoder().encode("8BIM odd"),
    dpi: { x: 300, y: 299.9994 },
  };
  const file = await encodeTiff(noise(3, 2), { keepAlpha: false, metadata });
  assert.deepEqual((await decodeTiff(file)).metadata, metadata);
  const shape: PictureMetadata = { aspect: { x: 2, y: 3 } };
  const other = await encodeTiff(noise(3, 2), { keepAlpha: false, metadata: shape });
  assert.deepEqual((await decodeTiff(other)).metadata, shape);
});

/** A big-endian block: orientation 6, maker "Ab", and an Exif directory that holds an exposure of 1/50 s. */
const EXIF = Uint8Array.from([
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
  ...[0, 3],
  ...[0x01, 0x0f, 0, 2, 0, 0, 0, 3, 0x41, 0x62, 0, 0],
  ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0],
  ...[0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50],
  ...[0, 0, 0, 0],
  ...[0, 1],
  ...[0x82, 0x9a, 0, 5, 0, 0, 0, 1, 0, 0, 0, 68],
  ...[0, 0, 0, 0],
  ...[0, 0, 0, 1, 0, 0, 0, 50],
]);

Deno.test("encodeTiff() writes EXIF into the directories of the file and upright", async () => {
  const file = await encodeTiff(noise(3, 2), { keepAlpha: false, metadata: { exif: EXIF } });
  assert.deepEqual([...file.subarray(0, 4)], [0x4d, 0x4d, 0, 42]); // the byte order of the block
  assert.equal(readTiffLayout(file).orientation, 1);
  const { exif } = (await decodeTiff(file)).metadata;
  const expected = EXIF.slice();
  expected[31] = 1; // the orientation; all else is laid out as it was
  assert.deepEqual(exif, expected);
});

Deno.test("encodeTiff() leaves out an EXIF block that is damaged", async () => {
  for (const exif of [new Uint8Array(3), EXIF.subarray(0, 20), new Uint8Array(40).fill(0x49)]) {
    const file = await encodeTiff(noise(3, 2), { keepAlpha: false, metadata: { exif } });
    assert.equal((await decodeTiff(file)).metadata.exif, undefined);
  }
});

Deno.test("encodeTiff() gives the same bytes for the same pixels", async () => {
  const [a, b] = [
    await encodeTiff(noise(9, 9), { keepAlpha: true }),
    await encodeTiff(noise(9, 9), { keepAlpha: true }),
  ];
  assert.deepEqual(a, b);
});

Deno.test("encodeTiff() refuses pixels that do not fit the size", async () => {
  const image = { width: 3, height: 2, rgba: new Uint8Array(23) };
  await assert.rejects(encodeTiff(image, { keepAlpha: true }), {
    name: "RangeError",
    message: "Cannot encode image: it has 23 values, 3x2 needs 24",
  });
});
