import assert from "node:assert/strict";
import {
  convolveWalk,
  countBlocks,
  packWeights,
} from "../../../../src/kernels/wasm/dense_convolution.ts";
import { openOwnMemory } from "../own_memory.ts";

Deno.test("countBlocks() rounds up to blocks of 8", () => {
  assert.deepEqual([1, 8, 9].map(countBlocks), [1, 1, 2]);
});

Deno.test("packWeights() puts lines of 8 channels into blocks", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const address = put(Array.from({ length: 20 }, (_, i) => i + 1));
  const target = take(2 * 2 * 32);
  packWeights(
    workspace,
    { address, lines: 2, lineStep: 40, channels: 10, channelStep: 4 },
    { address: target, blockBytes: 64 },
  );
  assert.deepEqual(get(target, 32), [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18],
    ...[9, 10, 0, 0, 0, 0, 0, 0, 19, 20, 0, 0, 0, 0, 0, 0],
  ]);
});

for (const channels of [2, 4, 5, 10]) {
  Deno.test(`convolveWalk() makes ${channels} channels of each pixel, and no more`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const weight = (number: number, channel: number) => 10 * number + channel;
    const lines = 3;
    const numbers = Array.from(
      { length: lines * channels },
      (_, i) => weight(Math.floor(i / channels), i % channels),
    );
    const weights = take(countBlocks(channels) * lines * 32);
    packWeights(
      workspace,
      {
        ...{ address: put(numbers), lines, lineStep: 4 * channels },
        ...{ channels, channelStep: 4 },
      },
      { address: weights, blockBytes: lines * 32 },
    );
    const output = take(4 * (2 * channels + 4));
    const grid = { imageStep: 0, rowStep: 0 };
    convolveWalk(workspace, take, {
      walk: {
        ...{ n: 1, rows: 1, columns: 2 },
        input: { ...grid, address: put([1, 2, 3, 4]), columnStep: 4 },
        output: { ...grid, address: output, columnStep: 4 * channels },
      },
      window: { rows: 1, run: lines, pitch: 12 },
      weights,
      channels,
      bias: put(Array.from({ length: channels }, (_, i) => 1000 * i)),
    });
    const expected = [0, 1].flatMap((pixel) =>
      Array.from(
        { length: channels },
        (_, c) => 1000 * c + [0, 1, 2].reduce((sum, i) => sum + (pixel + i + 1) * weight(i, c), 0),
      )
    );
    assert.deepEqual(get(output, 2 * channels + 1), [...expected, 7]);
  });
}
