import assert from "node:assert/strict";
import { shaveBorder } from "../../../src/metrics/shave_border.ts";

Deno.test("shaveBorder() leaves the inner pixels, row by row", () => {
  // Red is the column, green the row.
  const picture = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [pixel % 5, Math.floor(pixel / 5), 9][i % 3]!;
  });
  const inner = shaveBorder(picture, { width: 5, height: 4, border: 1 });
  assert.deepEqual([inner.width, inner.height], [3, 2]);
  const pixels = [[1, 1], [2, 1], [3, 1], [1, 2], [2, 2], [3, 2]];
  assert.deepEqual([...inner.rgb255], pixels.flatMap(([x, y]) => [x, y, 9]));
  assert.deepEqual(shaveBorder(picture, { width: 5, height: 4, border: 0 }).rgb255, picture);
});

Deno.test("shaveBorder() refuses a rim that leaves nothing, and sizes that do not fit", () => {
  assert.throws(() => shaveBorder(new Uint8Array(60), { width: 5, height: 4, border: 2 }), {
    name: "RangeError",
    message: "Cannot shave 2 pixels from every side of 5x4",
  });
  assert.throws(() => shaveBorder(new Uint8Array(60), { width: 5, height: 4, border: -1 }), {
    name: "RangeError",
  });
  assert.throws(() => shaveBorder(new Uint8Array(60), { width: 5, height: 5, border: 1 }), {
    name: "RangeError",
    message: "Cannot shave picture: it has 20 pixels, must have 5x5",
  });
});
