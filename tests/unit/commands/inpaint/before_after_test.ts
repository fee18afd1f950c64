import assert from "node:assert/strict";
import { beforeAfter } from "../../../../src/commands/inpaint/before_after.ts";

Deno.test("beforeAfter() puts the damaged picture left, the filled one right, white between", () => {
  const rgba = Uint8ClampedArray.of(1, 2, 3, 0, 4, 5, 6, 255);
  const filled = Uint8ClampedArray.of(1, 2, 3, 0, 7, 8, 9, 255);
  const sheet = beforeAfter({ width: 2, height: 1, rgba }, Uint8Array.of(0, 1), filled);
  assert.deepEqual([sheet.width, sheet.height], [12, 1]);
  const pixels = Array.from({ length: 12 }, (_, x) => [...sheet.rgba.subarray(4 * x, 4 * x + 4)]);
  assert.deepEqual(pixels.slice(0, 2), [[1, 2, 3, 255], [255, 0, 255, 255]]);
  assert.deepEqual(pixels.slice(2, 10), new Array(8).fill([255, 255, 255, 255]));
  assert.deepEqual(pixels.slice(10), [[1, 2, 3, 255], [7, 8, 9, 255]]);
});
