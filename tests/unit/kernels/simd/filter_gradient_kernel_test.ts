import assert from "node:assert/strict";
import { ENTRY_BYTES } from "../../../../src/kernels/simd/dense_conv_kernel.ts";
import { openOwnMemory } from "../own_memory.ts";

const PIXELS = 5;

for (const how of ["fused", "plain"] as const) {
  for (const [numbers, vectors] of [[1, 2], [2, 1], [4, 2], [6, 1], [6, 2]] as const) {
    Deno.test(`filterGradientKernel() equals loops: ${how}, ${numbers} numbers, ${vectors} vectors`, () => {
      const { workspace, take, put, get } = openOwnMemory(how);
      const tiles = 2;
      // Whole numbers, so that every order of sums is exact.
      const image = Array.from({ length: 40 }, (_, i) => (i * 5) % 7 - 3);
      const slopes = Array.from({ length: 8 * PIXELS }, (_, i) => (i * 3) % 11 - 5);
      const [from, dy, one] = [put(image), put(slopes), put([1])];
      const list = take(PIXELS * ENTRY_BYTES);
      workspace.kernels.list(list, PIXELS, from, 12, 0, 0, one, 0, one, 0);
      const step = 12;
      const target = put(new Array(tiles * numbers * step).fill(100));
      const offset = 4;
      workspace.kernels.filterGradient[vectors][numbers]!(
        ...[list, list + PIXELS * ENTRY_BYTES, 4 * offset, dy, target, 4 * step, tiles],
      );
      const expected = Array.from({ length: tiles * numbers * step }, (_, i) => {
        const [number, channel] = [Math.floor(i / step), i % step];
        if (channel >= 4 * vectors) return 100;
        let sum = 100;
        for (let p = 0; p < PIXELS; p++) {
          sum += image[3 * p + offset + number]! * slopes[8 * p + channel]!;
        }
        return sum;
      });
      assert.deepEqual(get(target, expected.length), expected);
    });
  }
}
