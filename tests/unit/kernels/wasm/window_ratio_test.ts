import assert from "node:assert/strict";
import { windowRatio } from "../../../../src/kernels/wasm/window_ratio.ts";
import { openOwnMemory } from "../own_memory.ts";

for (
  const [height, width, kernel, stride] of [[4, 6, 3, 1], [6, 4, 5, 2], [5, 7, 7, 2], [
    2,
    2,
    1,
    1,
  ]] as const
) {
  Deno.test(`windowRatio() equals loops: ${height}x${width}, kernel ${kernel}, stride ${stride}`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const n = 2;
    const isEven = height % 2 === 0 && width % 2 === 0;
    // The right part of the second image is a hole, so that some windows hold nothing.
    const mask = (h: number, w: number, phase: number) =>
      Array.from({ length: n * h * w }, (_, i) => {
        const isHole = i >= h * w && 4 * (i % w) >= w;
        return isHole || (3 * i + phase) % 5 < 2 ? 0 : 1;
      });
    const plain = mask(height, width, 0);
    const small = mask(height / 2, width / 2, 1);
    const groups = [
      { mask: put(plain), channels: 3, upsample: 1 as const },
      ...(isEven ? [{ mask: put(small), channels: 16, upsample: 2 as const }] : []),
    ];
    const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    const count = n * rows * columns;
    const [ratio, validMask] = [take(4 * count), take(4 * count)];
    windowRatio(workspace, take, {
      ...{ groups, n, height, width, kernelSize: [kernel, kernel], stride, ratio, validMask },
    });
    const known = (image: number, y: number, x: number) => {
      if (y < 0 || x < 0 || y >= height || x >= width) return 0;
      const first = 3 * plain[(image * height + y) * width + x]!;
      if (!isEven) return first;
      const at = (image * height / 2 + (y >> 1)) * width / 2 + (x >> 1);
      return first + 16 * small[at]!;
    };
    const whole = kernel * kernel * (isEven ? 19 : 3);
    const sums = Array.from({ length: count }, (_, i) => {
      const [image, pixel] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
      const [y, x] = [Math.floor(pixel / columns), pixel % columns];
      let sum = 0;
      for (let a = 0; a < kernel; a++) {
        for (let b = 0; b < kernel; b++) {
          const pad = (kernel - 1) / 2;
          sum += known(image, y * stride + a - pad, x * stride + b - pad);
        }
      }
      return sum;
    });
    assert.deepEqual(
      get(ratio, count),
      sums.map((sum) => sum === 0 ? 0 : Math.fround(whole / sum)),
    );
    assert.deepEqual(get(validMask, count), sums.map((sum) => sum === 0 ? 0 : 1));
    assert.ok(kernel > 3 || sums.includes(0));
  });
}
