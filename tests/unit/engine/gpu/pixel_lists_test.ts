import assert from "node:assert/strict";
import { listPixels } from "../../../../src/engine/gpu/pixel_lists.ts";

const FIRST = Uint8Array.from([
  ...[1, 0, 1, 1],
  ...[0, 1, 0, 0],
]);
const SECOND = Uint8Array.from([
  ...[0, 0, 0, 1],
  ...[1, 0, 1, 0],
]);

Deno.test("listPixels() lists a batch row by row", () => {
  const lists = listPixels([FIRST, SECOND], { height: 2, width: 4, outStep: 1 });
  assert.deepEqual([...lists.pixels.subarray(0, 7)], [0, 2, 3, 5, 11, 12, 14]);
  assert.deepEqual(lists.firsts, [0, 0, 0, 0]);
  assert.deepEqual(lists.counts, [7, 0, 0, 0]);
});

Deno.test("listPixels() lists even and odd rows and columns apart, on the small grid", () => {
  const lists = listPixels([FIRST, SECOND], { height: 2, width: 4, outStep: 2 });
  // Small grids are 1x2: positions 0, 1 and 2, 3.
  assert.deepEqual([...lists.pixels.subarray(0, 7)], [0, 1, 1, 3, 2, 3, 0]);
  assert.deepEqual(lists.firsts, [0, 2, 4, 6]);
  assert.deepEqual(lists.counts, [2, 2, 2, 1]);
});

Deno.test("listPixels() has few lengths, and none of them is 0", () => {
  const length = (needed: number) =>
    listPixels([new Uint8Array(1000).fill(1, 0, needed)], { height: 2, width: 500, outStep: 1 })
      .pixels.length;
  assert.deepEqual([0, 1, 256, 257, 512, 513, 1000].map(length), [
    256,
    256,
    256,
    512,
    512,
    1024,
    1024,
  ]);
  const lists = listPixels([new Uint8Array(4)], { height: 2, width: 2, outStep: 2 });
  assert.deepEqual(lists.counts, [0, 0, 0, 0]);
});
