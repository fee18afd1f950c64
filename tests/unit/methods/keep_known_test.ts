import assert from "node:assert/strict";
import { keepKnown } from "../../../src/methods/keep_known.ts";

Deno.test("keepKnown() takes hole pixels from the painted picture and all others from the first", () => {
  const image = { rgb255: Uint8Array.of(1, 2, 3, 4, 5, 6), holeMask: Uint8Array.of(0, 1) };
  const painted = Uint8Array.of(9, 8, 7, 6, 5, 4);
  assert.deepEqual([...keepKnown(image, painted)], [1, 2, 3, 6, 5, 4]);
  assert.deepEqual([...image.rgb255], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...painted], [9, 8, 7, 6, 5, 4]);
});

Deno.test("keepKnown() refuses pictures of another size", () => {
  const image = { rgb255: new Uint8Array(6), holeMask: new Uint8Array(2) };
  assert.throws(() => keepKnown(image, new Uint8Array(9)), {
    name: "RangeError",
    message: "Cannot combine pictures: lengths are 9 and 6, must be 6",
  });
});
