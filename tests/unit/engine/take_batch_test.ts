import assert from "node:assert/strict";
import { takeBatch } from "../../../src/engine/take_batch.ts";

Deno.test("takeBatch() takes from the front what fits together, and one item at least", () => {
  const queue = [4, 6, 1, 30, 2];
  const options = { sizeOf: (size: number) => size, most: 10 };
  const batches = [];
  while (queue.length > 0) batches.push(takeBatch(queue, options));
  assert.deepEqual(batches, [[4, 6], [1], [30], [2]]);
});
