import assert from "node:assert/strict";
import { readPhases } from "../../../../src/kernels/wasm/pixel_phases.ts";

Deno.test("readPhases() finds every pair of pixel and tap that the forward pass has", () => {
  for (const size of [1, 2, 5, 8]) {
    for (const kernelSize of [1, 2, 3, 4, 7]) {
      for (const stride of [1, 2, 3]) {
        for (const pad of [0, 1, 3]) {
          const { phases, first, last } = readPhases({ size, kernelSize, pad, stride });
          const pairs: string[] = [];
          for (const { at, count, taps, from } of phases) {
            for (let i = 0; i < count; i++) {
              taps.forEach((tap, place) => {
                const position = from + i + place;
                assert.ok(position >= first && position <= last);
                pairs.push([at + i * stride, tap, position].join());
              });
            }
          }
          const expected: string[] = [];
          for (let pixel = 0; pixel < size; pixel++) {
            for (let tap = 0; tap < kernelSize; tap++) {
              const position = (pixel + pad - tap) / stride;
              if (Number.isInteger(position)) expected.push([pixel, tap, position].join());
            }
          }
          assert.deepEqual(pairs.sort(), expected.sort());
        }
      }
    }
  }
});
