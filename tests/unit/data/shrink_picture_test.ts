import assert from "node:assert/strict";
import { resample, roundToBytes } from "../../../src/data/resample.ts";
import { shrinkPicture } from "../../../src/data/shrink_picture.ts";

/** Red is the column, green the row, blue a pattern. */
function picture(width: number, height: number) {
  const rgb255 = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return [x * 7, y * 11, (x * y * 13) % 256][i % 3]!;
  });
  return { width, height, rgb255 };
}

Deno.test("shrinkPicture() crops right and bottom to a multiple, and shrinks what is left", () => {
  const source = picture(14, 11);
  const { truth, small } = shrinkPicture(source, 4);
  assert.deepEqual([truth.width, truth.height, small.width, small.height], [12, 8, 3, 2]);
  for (const [x, y] of [[0, 0], [11, 0], [5, 7], [11, 7]] as const) {
    const from = (y * 14 + x) * 3;
    const at = (y * 12 + x) * 3;
    assert.deepEqual(truth.rgb255.subarray(at, at + 3), source.rgb255.subarray(from, from + 3));
  }
  // resample() is held to MATLAB's formula by its own test.
  const expected = roundToBytes(
    resample({ width: 12, height: 8, data: truth.rgb255 }, { width: 3, height: 2 }),
  );
  assert.deepEqual(small.rgb255, expected);
});

Deno.test("shrinkPicture() leaves a multiple as it is, and drops rows alone where only they are too many", () => {
  const whole = picture(12, 8);
  assert.deepEqual(shrinkPicture(whole, 2).truth, whole);
  const tall = shrinkPicture(picture(12, 9), 2).truth;
  assert.deepEqual([tall.width, tall.height], [12, 8]);
  assert.deepEqual(tall.rgb255, whole.rgb255);
});

Deno.test("shrinkPicture() refuses scales that are none, and sides below them", () => {
  for (const [side, scale] of [[8, 1], [8, 2.5], [3, 4]] as const) {
    assert.throws(() => shrinkPicture(picture(side, 8), scale), {
      name: "RangeError",
      message: `Cannot shrink ${side}x8 by ${scale}`,
    });
  }
});
