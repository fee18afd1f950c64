import assert from "node:assert/strict";
import { addDoubledGradient, doubleKernel } from "../../../../src/kernels/wasm/doubled_kernel.ts";
import { openOwnMemory } from "../own_memory.ts";

const SIZES = { kernelChannels: 3, firstChannel: 1, channels: 2, cout: 1 };

Deno.test("doubleKernel() adds up the taps that fall on the same small pixel", () => {
  const { workspace, take, put, get } = openOwnMemory();
  // Tap t has 100, 10^t-like marks on channels 1 and 2: sums show which taps are in them.
  const kernel = Array.from(
    { length: 27 },
    (_, i) => i % 3 === 0 ? 1e6 : (i % 3) * 2 ** Math.floor(i / 3),
  );
  const doubled = get(doubleKernel(workspace, take, { address: put(kernel), ...SIZES }), 32);
  // In one direction: tap 2; taps 1 and 2; taps 0 and 1; tap 0.
  const parts = [[2], [1, 2], [0, 1], [0]];
  const expected = parts.flatMap((rows) =>
    parts.flatMap((columns) => {
      const sum = rows.flatMap((i) => columns.map((j) => 2 ** (3 * i + j))).reduce((a, b) => a + b);
      return [sum, 2 * sum];
    })
  );
  assert.deepEqual(doubled, expected);
});

Deno.test("addDoubledGradient() is the transpose of doubleKernel()", () => {
  const series = (length: number, factor: number) =>
    Array.from({ length }, (_, i) => (i * factor) % 7 - 3);
  for (const lineNumbers of [1, 3]) {
    const { workspace, take, put, get } = openOwnMemory();
    const kernel = series(27, 5);
    const gradient = series(32, 3);
    const doubled = get(doubleKernel(workspace, take, { address: put(kernel), ...SIZES }), 32);
    const target = put(new Array(27).fill(0));
    for (let tap = 0; tap < 16; tap++) {
      const lines = new Array(2 * lineNumbers).fill(1e6);
      [0, 1].forEach((channel) => lines[channel * lineNumbers] = gradient[2 * tap + channel]!);
      addDoubledGradient(workspace, { address: target, ...SIZES }, {
        ...{ tap, source: put(lines), lineBytes: 4 * lineNumbers },
      });
    }
    const back = get(target, 27);
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    assert.equal(dot(back, kernel), dot(doubled, gradient));
    assert.notEqual(dot(back, kernel), 0);
    // Channel 0 is not part of the slice.
    assert.ok(back.every((value, i) => i % 3 !== 0 || value === 0));
  }
});
