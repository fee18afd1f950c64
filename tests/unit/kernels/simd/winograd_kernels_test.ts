import assert from "node:assert/strict";
import { WINOGRAD_COMPONENTS } from "../../../../src/kernels/simd/winograd_kernels.ts";
import { openOwnMemory } from "../own_memory.ts";

const series = (length: number, factor: number) =>
  Array.from({ length }, (_, i) => (i * factor) % 9 - 4);

Deno.test("the three transforms make a 3x3 convolution of 16 products a tile", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const { winogradInput, winogradWeights, winogradOutput } = workspace.kernels;
  // Two tiles side by side of four channels, each with a kernel of its own; whole numbers and halves are exact.
  const [pixels, kernel, bias] = [series(4 * 6 * 4, 5), series(9 * 4, 7), [1, 2, 3, 4]];
  const [images, weights] = [take(16 * 2 * 16), take(16 * 16)];
  winogradInput(put(pixels), 6 * 16, 16, images, 2 * 16, 2);
  winogradWeights(put(kernel), 16, weights, 16, 1, put([0.5]));
  const [a, b] = [get(images, 16 * 8), get(weights, 16 * 4)];
  const products = Array.from(
    { length: WINOGRAD_COMPONENTS * 8 },
    (_, i) => a[i]! * b[4 * Math.floor(i / 8) + i % 4]!,
  );
  const output = take(4 * 2 * 4 * 4 + 4);
  winogradOutput(put(products), 2 * 16, output, 4 * 16, 16, 2, put(bias), put([0.5]));
  const expected = Array.from({ length: 2 * 4 * 4 }, (_, i) => {
    const [y, x, c] = [Math.floor(i / 16), Math.floor(i / 4) % 4, i % 4];
    let sum = bias[c]!;
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        sum += pixels[((y + row) * 6 + x + column) * 4 + c]! * kernel[(row * 3 + column) * 4 + c]!;
      }
    }
    return sum < 0 ? sum / 2 : sum;
  });
  assert.deepEqual(get(output, 33), [...expected, 7]);
});
