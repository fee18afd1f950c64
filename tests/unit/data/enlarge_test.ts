import assert from "node:assert/strict";
import { enlarge } from "../../../src/data/enlarge.ts";
import { resample, roundToBytes } from "../../../src/data/resample.ts";

/** Bytes that look random. */
const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7919 + i * i) % 256);

Deno.test("enlarge() in bands is resample() of the whole, for every kernel", async () => {
  const [width, height] = [5, 23];
  for (const channels of [1, 3]) {
    const source = { width, height, channels, data: bytes(width * height * channels) };
    for (const kernel of ["nearest", "bilinear", "bicubic", "lanczos"] as const) {
      for (const scale of [1, 2, 3, 8]) {
        const size = { width: width * scale, height: height * scale };
        const whole = roundToBytes(resample(source, { ...size, kernel }));
        // Bands of one row, of four, and one for all.
        for (const rows of [0, 4, 99]) {
          const bandValues = rows * width * channels * scale * scale;
          const large = await enlarge(source, { scale, kernel, bandValues });
          assert.deepEqual(large, whole, `${kernel} ${scale} times in bands of ${rows}`);
        }
      }
    }
  }
});

Deno.test("enlarge() takes bicubic and three channels if not told otherwise", async () => {
  const source = { width: 3, height: 2, data: bytes(18) };
  const expected = await enlarge({ ...source, channels: 3 }, { scale: 2, kernel: "bicubic" });
  assert.deepEqual(await enlarge(source, { scale: 2 }), expected);
});

Deno.test("enlarge() stops between bands", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason));
  const source = { width: 10, height: 200, data: bytes(6000) };
  const { signal } = controller;
  await assert.rejects(enlarge(source, { scale: 2, bandValues: 1, signal }), reason);
});

Deno.test("enlarge() refuses a broken scale and a size that does not fit", async () => {
  const source = { width: 2, height: 2, data: bytes(12) };
  for (const scale of [0, 1.5, -2, NaN]) {
    await assert.rejects(enlarge(source, { scale }), { name: "RangeError" });
  }
  await assert.rejects(enlarge({ ...source, width: 3 }, { scale: 2 }), {
    name: "RangeError",
    message: "Cannot enlarge 12 values of 3x2x3 2 times: the scale must be a whole number, " +
      "the values must fit the size",
  });
});
