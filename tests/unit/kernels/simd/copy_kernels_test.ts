import assert from "node:assert/strict";
import { ENTRY_BYTES } from "../../../../src/kernels/simd/dense_conv_kernel.ts";
import { openOwnMemory } from "../own_memory.ts";

const count = (length: number) => Array.from({ length }, (_, i) => i + 1);

Deno.test("scaleKernel() multiplies each pixel by its own factor", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const [source, target, factors] = [put(count(14)), take(4 * 16), put([2, 0])];
  workspace.kernels.scale(source, target, 2, 4 * 7, factors, 4);
  // Seven numbers: one vector and three by themselves.
  assert.deepEqual(get(target, 15), [2, 4, 6, 8, 10, 12, 14, ...new Array(7).fill(0), 7]);
});

Deno.test("scaleKernel() uses one factor for all with a step of 0", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const [source, target, factor] = [put(count(4)), take(4 * 5), put([3, 100])];
  workspace.kernels.scale(source, target, 2, 8, factor, 0);
  assert.deepEqual(get(target, 5), [3, 6, 9, 12, 7]);
});

Deno.test("gatherKernel() gathers lines of eight, side by side or far apart, and fills them up with 0", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const { gather } = workspace.kernels;
  const source = put(count(40));
  const whole = take(4 * 16);
  gather(source, whole, 2, 4 * 10, 4, 8);
  assert.deepEqual(get(whole, 16), [...count(8), ...count(8).map((i) => i + 10)]);
  const part = take(4 * 16);
  gather(source, part, 2, 4 * 3, 4, 3);
  assert.deepEqual(get(part, 16), [1, 2, 3, 0, 0, 0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0]);
  const turned = take(4 * 16);
  gather(source, turned, 2, 4, 4 * 5, 8);
  assert.deepEqual(get(turned, 16), [
    ...[1, 6, 11, 16, 21, 26, 31, 36],
    ...[2, 7, 12, 17, 22, 27, 32, 37],
  ]);
});

Deno.test("listKernel() writes addresses and factors with steps of their own", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const [factors, biasFactors] = [put([0.5, 0.25]), put([3, 100])];
  const list = take(2 * ENTRY_BYTES);
  workspace.kernels.list(list, 2, 1000, 8, 2000, 16, factors, 4, biasFactors, 0);
  const words = new Int32Array(workspace.kernels.memory.buffer, list, 8);
  assert.deepEqual([words[0], words[1], words[4], words[5]], [1000, 2000, 1008, 2016]);
  assert.deepEqual(get(list + 8, 2), [0.5, 3]);
  assert.deepEqual(get(list + ENTRY_BYTES + 8, 2), [0.25, 3]);
});

Deno.test("addKernel() adds any number of numbers", () => {
  for (const length of [1, 3, 4, 9]) {
    const { workspace, put, get } = openOwnMemory();
    const [source, target] = [put(count(length)), put(new Array(length).fill(10))];
    workspace.kernels.add(source, target, length);
    assert.deepEqual(get(target, length + 1), [...count(length).map((i) => i + 10), 7]);
  }
});
