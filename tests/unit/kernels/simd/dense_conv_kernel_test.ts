import assert from "node:assert/strict";
import { ENTRY_BYTES, TILE_PIXELS } from "../../../../src/kernels/simd/dense_conv_kernel.ts";
import { openOwnMemory } from "../own_memory.ts";

/** Six pixels that see two rows of `run` numbers each; whole numbers, so that every order of sums is exact. */
function setUp(run: number, channels: number, how: "fused" | "plain") {
  const { workspace, take, put, get } = openOwnMemory(how);
  const blocks = Math.ceil(channels / 8);
  const pitch = 16;
  const image = Array.from({ length: 2 * pitch }, (_, i) => (i * 5) % 7 - 3);
  const weight = (line: number, channel: number) => (line * 3 + channel * 2) % 5 - 2;
  const bias = Array.from({ length: 8 * blocks }, (_, i) => i % 3);
  const [from, biasAt, slopeAt] = [put(image), put(bias), put([0.5])];
  const packed = put(Array.from({ length: blocks * 2 * run * 8 }, (_, i) => {
    const [block, line] = [Math.floor(i / (2 * run * 8)), Math.floor(i / 8) % (2 * run)];
    return weight(line, block * 8 + i % 8);
  }));
  const outputs = take(4 * TILE_PIXELS * channels + 64);
  const list = take(TILE_PIXELS * ENTRY_BYTES);
  for (let p = 0; p < TILE_PIXELS; p++) {
    const one = put([p + 1, p % 2]);
    workspace.kernels.list(
      ...[list + p * ENTRY_BYTES, 1, from + 4 * p, 0, outputs + 4 * p * channels, 0],
      ...[one, 0, one + 4, 0],
    );
  }
  const expected = (p: number, channel: number) => {
    let sum = 0;
    for (let row = 0; row < 2; row++) {
      for (let i = 0; i < run; i++) {
        sum += image[row * pitch + p + i]! * weight(row * run + i, channel);
      }
    }
    return (p + 1) * sum + (p % 2) * bias[channel]!;
  };
  const convolve = (vectors: 1 | 2, mode: number) =>
    workspace.kernels.convolve[vectors](
      ...[list, list + TILE_PIXELS * ENTRY_BYTES, packed, blocks, channels - 8 * (blocks - 1)],
      ...[2, 4 * run, 4 * (pitch - run), biasAt, slopeAt, mode],
    );
  return { convolve, expected, read: () => get(outputs, TILE_PIXELS * channels + 4) };
}

// Runs of whole fours, with a rest, and of a rest alone; blocks whole, cut, and of four channels or fewer.
for (const how of ["fused", "plain"] as const) {
  for (
    const [run, channels, vectors] of [[8, 8, 2], [7, 11, 2], [3, 16, 2], [9, 3, 1], [
      4,
      4,
      1,
    ]] as const
  ) {
    Deno.test(`denseConvKernel() equals loops: ${how}, run ${run}, ${channels} channels`, () => {
      const { convolve, expected, read } = setUp(run, channels, how);
      convolve(vectors, 0);
      const first = Array.from({ length: TILE_PIXELS * channels }, (_, i) => {
        const value = expected(Math.floor(i / channels), i % channels);
        return value < 0 ? value / 2 : value;
      });
      // The memory behind the last pixel holds 7s still.
      assert.deepEqual(read(), [...first, 7, 7, 7, 7]);
      convolve(vectors, 1);
      const second = first.map((before, i) => {
        const value = before + expected(Math.floor(i / channels), i % channels);
        return value < 0 ? value / 2 : value;
      });
      assert.deepEqual(read(), [...second, 7, 7, 7, 7]);
    });
  }
}
