import assert from "node:assert/strict";
import { openSimdKernels } from "../../../../src/kernels/wasm/simd_kernels.ts";

Deno.test("openSimdKernels() takes fused products where they are to be had, and plain ones on demand", () => {
  // (1 + 2^-12)² - 1 - 2^-11 is 2^-24 if rounded once; the square alone rounds to 1 + 2^-11, which leaves 0.
  const results = ([undefined, "fused", "plain"] as const).map((how) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = openSimdKernels(memory, how)!;
    const numbers = new Float32Array(memory.buffer);
    const a = 1 + 2 ** -12;
    // One pixel six times; its window is (1, a), its weights (-1 - 2^-11, a) for each of 8 channels.
    numbers.set([1, a], 16);
    numbers.fill(-1 - 2 ** -11, 32, 40);
    numbers.fill(a, 40, 48);
    numbers.set([1], 8);
    kernels.list(1024, 6, 64, 0, 512, 0, 32, 0, 32, 0);
    kernels.convolve[2](1024, 1024 + 96, 128, 1, 8, 1, 8, 0, 256, 32, 0);
    return numbers[128];
  });
  assert.equal(results[2], 0);
  // Relaxed SIMD leaves the rounding to the processor: one of the two.
  assert.ok(results[1] === 2 ** -24 || results[1] === 0);
  assert.equal(results[0], results[1]);
});
