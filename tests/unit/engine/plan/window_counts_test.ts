import assert from "node:assert/strict";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";
import {
  addWindowCounts,
  type CountWindow,
  type KnownMask,
} from "../../../../src/engine/plan/window_counts.ts";
import { makeRandomMask } from "../../../support/holed_picture.ts";

/** The definition: every window looks at every pixel under it. */
function countWindows(
  { height, width, values }: KnownMask,
  { kernel, stride, upsample }: CountWindow,
): { sums: number[]; rows: number; columns: number } {
  const pad = (kernel - 1) / 2;
  const [high, wide] = [height * upsample, width * upsample];
  const [rows, columns] = [Math.ceil(high / stride), Math.ceil(wide / stride)];
  const sums: number[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let i = y * stride - pad; i <= y * stride + pad; i++) {
        for (let j = x * stride - pad; j <= x * stride + pad; j++) {
          if (i < 0 || j < 0 || i >= high || j >= wide) continue;
          const at = Math.floor(i / upsample) * width + Math.floor(j / upsample);
          sum += values?.[at] ?? 1;
        }
      }
      sums.push(sum);
    }
  }
  return { sums, rows, columns };
}

const SIZES = [[1, 1], [1, 6], [5, 2], [7, 9], [12, 8]] as const;

for (
  const [kernel, stride, upsample] of [
    [1, 1, 1],
    [3, 1, 1],
    [1, 2, 1],
    [3, 2, 1],
    [5, 2, 1],
    [7, 2, 1],
    [3, 1, 2],
  ] as const
) {
  const name = `kernel ${kernel}, stride ${stride}, doubled ${upsample} times`;
  Deno.test(`addWindowCounts() counts as naive loops do: ${name}`, () => {
    const pool = new ArrayPool();
    for (const [height, width] of SIZES) {
      const masks = [
        makeRandomMask(height, width),
        makeRandomMask(height, width, { seed: 2, share: 0.1 }),
        new Uint8Array(height * width),
        undefined,
      ];
      for (const values of masks) {
        const mask = { height, width, values };
        const window = { kernel, stride, upsample };
        const { sums, rows, columns } = countWindows(mask, window);
        const actual = new Int32Array(rows * columns);
        addWindowCounts(actual, mask, { ...window, channels: 1, pool });
        assert.deepEqual([...actual], sums, `${height}x${width}`);
      }
    }
  });
}

Deno.test("addWindowCounts() adds to what is there, a known pixel as often as it has channels", () => {
  const pool = new ArrayPool();
  const window = { kernel: 3, stride: 1, upsample: 1, pool } as const;
  const sums = new Int32Array(3);
  addWindowCounts(sums, { height: 1, width: 3, values: Uint8Array.of(1, 0, 0) }, {
    ...window,
    channels: 5,
  });
  addWindowCounts(sums, { height: 1, width: 3, values: undefined }, { ...window, channels: 100 });
  // By hand: the first pixel is seen from itself and its neighbour; of three pixels the middle sees all.
  assert.deepEqual([...sums], [205, 305, 200]);
});
