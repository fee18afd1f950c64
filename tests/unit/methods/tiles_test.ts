import assert from "node:assert/strict";
import { blendWeights, tileSpans } from "../../../src/methods/tiles.ts";

/** Lengths, tiles and multiples as `pconv()` makes them: a tile has at least two multiples. */
const CASES: readonly (readonly [length: number, tile: number, multiple: number])[] = [
  [8, 64, 8],
  [64, 64, 8],
  [72, 64, 8],
  [1000, 64, 8],
  [704, 256, 64],
  [1024, 1024, 64],
  [1088, 1024, 64],
  [4096, 1024, 256],
  [2048, 512, 256],
  [768, 512, 256],
];

Deno.test("tileSpans() covers the length with aligned tiles that overlap by a quarter or more", () => {
  for (const [length, tile, multiple] of CASES) {
    const spans = tileSpans(length, tile, multiple);
    const name = `${length} by ${tile}, multiple ${multiple}: ${JSON.stringify(spans)}`;
    assert.equal(spans[0]!.start, 0, name);
    assert.equal(spans.at(-1)!.start + spans.at(-1)!.size, length, name);
    spans.forEach(({ start, size }, i) => {
      assert.equal(start % multiple, 0, name);
      assert.equal(size, Math.min(tile, length), name);
      if (i === 0) return;
      const overlap = spans[i - 1]!.start + spans[i - 1]!.size - start;
      assert.ok(overlap >= tile / 4, `${name}: overlap ${overlap}`);
      assert.ok(start > spans[i - 1]!.start, name);
    });
  }
});

Deno.test("tileSpans() takes one span if the tile is large enough, and no more than it needs", () => {
  assert.deepEqual(tileSpans(64, 64, 8), [{ start: 0, size: 64 }]);
  assert.deepEqual(tileSpans(16, 64, 8), [{ start: 0, size: 16 }]);
  // 112 pixels are two tiles with an overlap of exactly a quarter.
  assert.deepEqual(tileSpans(112, 64, 8), [{ start: 0, size: 64 }, { start: 48, size: 64 }]);
});

Deno.test("blendWeights() add up to 1 at every pixel and are never 0", () => {
  for (const [length, tile, multiple] of CASES) {
    const spans = tileSpans(length, tile, multiple);
    const sum = new Float64Array(length);
    for (const span of spans) {
      const weights = blendWeights(span, spans, length);
      assert.equal(weights.length, span.size);
      weights.forEach((weight, i) => {
        assert.ok(weight > 0);
        sum[span.start + i]! += weight;
      });
    }
    // Two to four float32 numbers: 4 · 2^-24.
    const worst = Math.max(...sum.map((value) => Math.abs(value - 1)));
    assert.ok(worst < 2.4e-7, `${length} by ${tile}: off by ${worst}`);
  }
});

Deno.test("blendWeights() fades towards an inner edge, not towards the picture's", () => {
  const spans = tileSpans(112, 64, 8);
  const weights = blendWeights(spans[0]!, spans, 112);
  assert.equal(weights[0], 1);
  assert.equal(weights[47], 1);
  // Ramps over 16 pixels from both sides: 16/17 against 1/17 at the first shared pixel.
  assert.ok(Math.abs(weights[48]! - 16 / 17) < 1e-6);
  assert.ok(Math.abs(weights[63]! - 1 / 17) < 1e-6);
});
