import assert from "node:assert/strict";
import { correlateWalk, sumsLineBytes } from "../../../../src/kernels/wasm/correlation.ts";
import { openOwnMemory } from "../own_memory.ts";

Deno.test("sumsLineBytes() is a whole number of blocks of 8 channels", () => {
  assert.deepEqual([1, 8, 9, 16].map(sumsLineBytes), [32, 32, 64, 64]);
});

for (const [run, channels, pixels] of [[2, 3, 5], [7, 9, 4], [6, 16, 2], [1, 4, 900]] as const) {
  Deno.test(`correlateWalk() equals loops: run ${run}, ${channels} channels, ${pixels} pixels`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const pitch = pixels + run;
    // Whole numbers below 2^24 even as sums, so that every order is exact.
    const image = Array.from({ length: 2 * pitch }, (_, i) => (i * 5) % 7 - 3);
    const slopes = Array.from({ length: pixels * channels }, (_, i) => (i * 3) % 11 - 5);
    const line = (address: number, columnStep: number) => ({
      ...{ address, imageStep: 0, rowStep: 0, columnStep },
    });
    const lineNumbers = sumsLineBytes(channels) / 4;
    const sums = take(4 * 2 * run * lineNumbers);
    correlateWalk(workspace, take, {
      ...{ n: 1, rows: 1, columns: pixels, channels, sums },
      input: line(put(image), 4),
      slopes: line(put(slopes), 4 * channels),
      window: { rows: 2, run, pitch: 4 * pitch },
    });
    const expected = Array.from({ length: 2 * run * channels }, (_, i) => {
      const [number, channel] = [Math.floor(i / channels), i % channels];
      const [row, at] = [Math.floor(number / run), number % run];
      let sum = 0;
      for (let p = 0; p < pixels; p++) {
        sum += image[row * pitch + p + at]! * slopes[p * channels + channel]!;
      }
      return sum;
    });
    const actual = Array.from(
      { length: 2 * run },
      (_, number) => get(sums + 4 * number * lineNumbers, channels),
    ).flat();
    assert.deepEqual(actual, expected);
  });
}
