import assert from "node:assert/strict";
import { blendFill } from "../../../../src/commands/inpaint/blend_fill.ts";

const picture = () => ({
  rgba: Uint8ClampedArray.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120),
  rgba16: Uint16Array.from([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120], (v) => v * 257 + 3),
});

const FILLED = new Uint8Array(9).fill(200);

Deno.test("blendFill() writes the hole and nothing else, in 8 and in 16 bits", () => {
  const { rgba, rgba16 } = picture();
  const mask = { holeMask: Uint8Array.of(0, 1, 0) };
  blendFill({ rgba, rgba16 }, FILLED, { mask, alphaWasHole: false });
  assert.deepEqual([...rgba], [10, 20, 30, 40, 200, 200, 200, 80, 90, 100, 110, 120]);
  const before = picture().rgba16;
  assert.deepEqual(rgba16.subarray(0, 4), before.subarray(0, 4));
  // 200 · 257; alpha stays.
  assert.deepEqual([...rgba16.subarray(4, 8)], [51400, 51400, 51400, before[7]]);
  assert.deepEqual(rgba16.subarray(8), before.subarray(8));
});

Deno.test("blendFill() mixes in the band, and makes what was transparent opaque", () => {
  const { rgba, rgba16 } = picture();
  const mask = { holeMask: Uint8Array.of(1, 1, 0), blend: Uint8Array.of(51, 255, 0) };
  blendFill({ rgba, rgba16 }, FILLED, { mask, alphaWasHole: true });
  // A fifth of the way from 10, 20, 30 to 200: 48, 56, 64. Only in the hole itself alpha changes.
  assert.deepEqual([...rgba.subarray(0, 8)], [48, 56, 64, 40, 200, 200, 200, 255]);
  assert.deepEqual([...rgba.subarray(8)], [90, 100, 110, 120]);
  // (10·257 + 3) + 0.2 · (51400 - 2573) = 12338.4
  assert.deepEqual([rgba16[0], rgba16[7]], [12338, 65535]);
});
