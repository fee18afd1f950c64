import assert from "node:assert/strict";
import { estimateIjgQuality, ijgQuantTable } from "../../../../src/data/jpeg/ijg_quality.ts";

Deno.test("ijgQuantTable() is table K.1 at 50, twice it at 25, half of it at 75, ones at 100", () => {
  const first = (quality: number) => [...ijgQuantTable("luminance", quality).subarray(0, 6)];
  // K.1 in zigzag order: 16, 11, 12, 14, 12, 10.
  assert.deepEqual(first(50), [16, 11, 12, 14, 12, 10]);
  assert.deepEqual(first(25), [32, 22, 24, 28, 24, 20]);
  assert.deepEqual(first(75), [8, 6, 6, 7, 6, 5]);
  assert.deepEqual(first(100), [1, 1, 1, 1, 1, 1]);
  assert.deepEqual(first(1), [255, 255, 255, 255, 255, 255]);
  // K.2 in zigzag order: 17, 18, 18, 24, 21, 24, then 47.
  const chrominance = ijgQuantTable("chrominance", 50);
  assert.deepEqual([...chrominance.subarray(0, 7)], [17, 18, 18, 24, 21, 24, 47]);
});

Deno.test("estimateIjgQuality() finds every quality from its own tables", () => {
  for (let quality = 1; quality <= 100; quality++) {
    const luminance = ijgQuantTable("luminance", quality);
    const chrominance = ijgQuantTable("chrominance", quality);
    const found = { quality, isExact: true };
    assert.deepEqual(estimateIjgQuality([luminance, chrominance]), found);
    assert.deepEqual(estimateIjgQuality([luminance]), found);
  }
});

Deno.test("estimateIjgQuality() comes near for tables that are a little off", () => {
  const table = ijgQuantTable("luminance", 80).map((step, k) => step + k % 2);
  const { quality, isExact } = estimateIjgQuality([table]);
  assert.equal(isExact, false);
  assert.ok(Math.abs(quality - 80) <= 3, `${quality}`);
});
