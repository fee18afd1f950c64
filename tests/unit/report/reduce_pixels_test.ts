import assert from "node:assert/strict";
import { reducePixels } from "../../../src/report/reduce_pixels.ts";

/** A picture whose channels are v, v + 1 and v + 2. */
function pixels(width: number, values: readonly number[]) {
  const rgb255 = Uint8Array.from(values.flatMap((value) => [value, value + 1, value + 2]));
  return { width, height: values.length / width, rgb255 };
}

Deno.test("reducePixels() averages squares, channel by channel", () => {
  const small = reducePixels(pixels(4, [0, 10, 100, 101, 20, 30, 102, 103]), 2);
  // (0 + 10 + 20 + 30) / 4 = 15; (100 + 101 + 102 + 103) / 4 = 101.5, rounded up.
  assert.deepEqual(small, pixels(2, [15, 102]));
});

Deno.test("reducePixels() averages what is left at the right and lower edge", () => {
  const small = reducePixels(pixels(3, [0, 10, 50, 20, 30, 70, 100, 110, 200]), 2);
  assert.deepEqual(small, pixels(2, [15, 60, 105, 200]));
});

Deno.test("reducePixels() by 1 changes nothing", () => {
  const picture = pixels(2, [1, 2, 3, 4]);
  assert.deepEqual(reducePixels(picture, 1), picture);
});
