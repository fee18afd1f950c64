import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { describeJpeg } from "../../../../src/data/jpeg/describe_jpeg.ts";
import { encodeJpeg } from "../../../../src/data/jpeg/encode_jpeg.ts";
import { fileOf } from "./jpeg_files.ts";

const PICTURE = await decodeImage(fileOf("best"), { name: "best" });
const BEST = { quality: 95, subsampling: "4:4:4", isGrey: false } as const;

/** Peak signal to noise ratio in dB over red, green and blue. */
function psnr(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (i % 4 < 3) sum += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 * (a.length * 3 / 4) / sum);
}

Deno.test("encodeJpeg() writes quality and sampling that are found again", async () => {
  for (const subsampling of ["4:4:4", "4:2:2", "4:2:0"] as const) {
    for (const quality of [1, 30, 75, 90, 95, 100]) {
      const found = describeJpeg(
        await encodeJpeg(PICTURE, { quality, subsampling, isGrey: false }),
      );
      assert.deepEqual([found.quality, found.isQualityExact], [quality, true]);
      assert.deepEqual([found.subsampling, found.isProgressive], [subsampling, false]);
    }
  }
  const grey = describeJpeg(await encodeJpeg(PICTURE, { ...BEST, isGrey: true }));
  assert.deepEqual([grey.subsampling, grey.quality, grey.components], ["grey", 95, 1]);
});

// By libjpeg-turbo (Pillow 9.4) from the same pixels, with `optimize`: size and PSNR of the same decoder.
const LIBJPEG = [
  { quality: 75, subsampling: "4:4:4", bytes: 1095, dB: 30.309 },
  { quality: 90, subsampling: "4:2:0", bytes: 1325, dB: 30.389 },
  { quality: 95, subsampling: "4:2:2", bytes: 1989, dB: 33.006 },
] as const;

for (const { quality, subsampling, bytes, dB } of LIBJPEG) {
  Deno.test(`encodeJpeg() is as small and as faithful as libjpeg: ${quality}, ${subsampling}`, async () => {
    const file = await encodeJpeg(PICTURE, { quality, subsampling, isGrey: false });
    const { rgba } = await decodeImage(file, { name: "file" });
    const found = psnr(PICTURE.rgba, rgba);
    assert.ok(file.length < bytes * 1.01, `${file.length} bytes`);
    assert.ok(found > dB - 0.1, `${found} dB`);
  });
}

Deno.test("encodeJpeg() takes every small size and gives the same bytes again", async () => {
  for (const [width, height] of [[1, 1], [8, 8], [9, 1], [1, 17], [16, 16], [33, 15]] as const) {
    const rgba = new Uint8ClampedArray(width * height * 4);
    for (let i = 0; i < rgba.length; i++) rgba[i] = i % 4 === 0 ? 200 : 60;
    for (const subsampling of ["4:4:4", "4:2:2", "4:2:0"] as const) {
      const options = { quality: 100, subsampling, isGrey: false };
      const file = await encodeJpeg({ width, height, rgba }, options);
      assert.deepEqual(await encodeJpeg({ width, height, rgba }, options), file);
      const decoded = await decodeImage(file, { name: "file" });
      assert.deepEqual([decoded.width, decoded.height], [width, height]);
      // One even colour, up to the edges: 1 off by rounding.
      for (let i = 0; i < rgba.length; i++) {
        const wanted = [200, 60, 60, 255][i % 4]!;
        assert.ok(Math.abs(decoded.rgba[i]! - wanted) <= 1, `${width}x${height}, ${i}`);
      }
    }
  }
});

Deno.test("encodeJpeg() does not look at alpha", async () => {
  const rgba = PICTURE.rgba.map((value, i) => i % 4 === 3 ? i % 256 : value);
  assert.deepEqual(await encodeJpeg({ ...PICTURE, rgba }, BEST), await encodeJpeg(PICTURE, BEST));
});

Deno.test("encodeJpeg() refuses sizes and qualities that cannot be", async () => {
  const refused = (image: object, options: object = {}) =>
    assert.rejects(encodeJpeg({ ...PICTURE, ...image }, { ...BEST, ...options }), RangeError);
  await refused({ width: 36 });
  await refused({ width: 0, rgba: new Uint8Array() });
  await refused({ width: 65536, height: 1, rgba: new Uint8Array(65536 * 4) });
  for (const quality of [0, 101, 50.5, NaN]) await refused({}, { quality });
});
