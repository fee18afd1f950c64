import assert from "node:assert/strict";
import { passBytes, pngPasses, unfilterRows } from "../../../src/data/png_rows.ts";

Deno.test("pngPasses() gives every pixel to one pass", () => {
  for (const isInterlaced of [false, true]) {
    for (const [width, height] of [[1, 1], [4, 5], [8, 8], [17, 9]] as const) {
      const seen = new Uint8Array(width * height);
      const passes = pngPasses({ width, height, isInterlaced });
      for (const pass of passes) {
        for (let y = 0; y < pass.height; y++) {
          for (let x = 0; x < pass.width; x++) {
            seen[(pass.startY + y * pass.stepY) * width + pass.startX + x * pass.stepX]!++;
          }
        }
      }
      assert.ok(seen.every((count) => count === 1), `${width}x${height}`);
    }
  }
  assert.equal(pngPasses({ width: 9, height: 9, isInterlaced: false }).length, 1);
});

Deno.test("pngPasses() starts with every eighth pixel, and leaves passes out that are empty", () => {
  // ISO 15948, 8.2: an 8x8 block has passes of 1, 1, 2, 4, 8, 16 and 32 pixels.
  const sizes = pngPasses({ width: 8, height: 8, isInterlaced: true })
    .map(({ width, height }) => width * height);
  assert.deepEqual(sizes, [1, 1, 2, 4, 8, 16, 32]);
  assert.equal(pngPasses({ width: 1, height: 1, isInterlaced: true }).length, 1);
});

Deno.test("passBytes() counts one filter byte a row", () => {
  const [pass] = pngPasses({ width: 5, height: 3, isInterlaced: false });
  assert.equal(passBytes(pass!, { channels: 3, sampleBytes: 2 }), 3 * 31);
});

Deno.test("unfilterRows() undoes each filter", () => {
  // Two pixels of one byte below 10, 20. Left 1, 2; up 3, 4; mean 5, 6; Paeth 7, 8 by hand:
  // 1 and 1 + 2 = 3; 10 + 3, 20 + 4; 5 + 5, 6 + (10 + 20) / 2 = 21; 7 + 10, 8 + 20 (17 + 20 - 10 = 27 is nearest 20).
  const cases = [[1, 1, 2, 1, 3], [2, 3, 4, 13, 24], [3, 5, 6, 10, 21], [4, 7, 8, 17, 28]] as const;
  for (const [filter, a, b, left, right] of cases) {
    const rows = Uint8Array.of(0, 10, 20, filter, a, b);
    assert.equal(unfilterRows(rows, { height: 2, step: 1 }), true);
    assert.deepEqual([...rows], [0, 10, 20, filter, left, right]);
  }
  assert.equal(unfilterRows(Uint8Array.of(5, 1), { height: 1, step: 1 }), false);
});
