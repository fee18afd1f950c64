import assert from "node:assert/strict";
import { ENTRY_BYTES, TILE_PIXELS } from "../../../../src/kernels/simd/dense_conv_kernel.ts";
import {
  addressAt,
  forEachStretch,
  STRETCH_CAPACITY,
} from "../../../../src/kernels/wasm/pixel_lists.ts";
import { openOwnMemory } from "../own_memory.ts";

const grid = (address: number, columnStep: number) => ({
  ...{ address, imageStep: 1_000_000, rowStep: 10_000, columnStep },
});

for (const [n, rows, columns] of [[1, 1, 1], [2, 3, 5], [1, 3, 200], [2, 1, 1000]] as const) {
  for (const isFilledUp of [true, false]) {
    const name = `forEachStretch() lists ${n}x${rows}x${columns} pixels, ` +
      (isFilledUp ? "whole tiles" : "no more");
    Deno.test(name, () => {
      const { workspace, take, put } = openOwnMemory();
      const factors = put(Array.from({ length: columns }, (_, i) => i));
      const walk = { n, rows, columns, input: grid(64, 8), output: grid(128, 4) };
      const factor = { address: factors, imageStep: 0, rowStep: 0, columnStep: 4 };
      const seen: number[][] = [];
      let pieces: { index: number; pixels: number; column: number }[] = [];
      forEachStretch(workspace, take, { ...walk, factor }, {
        ...(isFilledUp ? { dummy: 32 } : {}),
        onPiece: (piece) => pieces.push(piece),
        visit: ({ begin, end }) => {
          const count = (end - begin) / ENTRY_BYTES;
          assert.ok(count <= STRETCH_CAPACITY);
          if (isFilledUp) assert.equal(count % TILE_PIXELS, 0);
          const words = new Int32Array(workspace.kernels.memory.buffer, begin, 4 * count);
          const numbers = new Float32Array(workspace.kernels.memory.buffer, begin, 4 * count);
          let pixels = 0;
          for (let i = 0; i < count; i++) {
            if (isFilledUp && words[4 * i + 1] === 32) continue;
            pixels++;
            const entry = [
              words[4 * i]!,
              words[4 * i + 1]!,
              numbers[4 * i + 2]!,
              numbers[4 * i + 3]!,
            ];
            const piece = pieces.find(({ index, pixels }) => i >= index && i < index + pixels)!;
            assert.equal(entry[2], piece.column + i - piece.index);
            seen.push(entry);
          }
          assert.equal(pixels, pieces.reduce((sum, piece) => sum + piece.pixels, 0));
          pieces = [];
        },
      });
      const expected: number[][] = [];
      for (let image = 0; image < n; image++) {
        for (let row = 0; row < rows; row++) {
          for (let x = 0; x < columns; x++) {
            const [input, output] = [walk.input, walk.output].map((g) =>
              addressAt(g, image, row, x)
            );
            expected.push([input!, output!, x, 1]);
          }
        }
      }
      assert.deepEqual(seen, expected);
    });
  }
}
