import assert from "node:assert/strict";
import { openOwnMemory } from "../own_memory.ts";

Deno.test("repeatKernel() writes every number twice", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const [source, target] = [put([1, 2, 3, 4, 5]), take(4 * 7)];
  workspace.kernels.repeat(source, 8, target, 3);
  assert.deepEqual(get(target, 7), [1, 1, 3, 3, 5, 5, 7]);
});

Deno.test("windowSumKernel() adds weighted sums at a stride", () => {
  const { workspace, put, get } = openOwnMemory();
  const [source, target, factor] = [put([1, 0, 1, 1, 0, 1, 1]), put([10, 20, 30, 7]), put([5])];
  workspace.kernels.windowSum(source, 8, 3, target, 3, factor);
  // Sums over elements 0 to 2, 2 to 4 and 4 to 6: each 2.
  assert.deepEqual(get(target, 4), [20, 30, 40, 7]);
});
