import assert from "node:assert/strict";
import { createMaskCanvas } from "../../../src/data/mask_canvas.ts";
import * as strokes from "../../../src/data/mask_strokes.ts";
import { createRandom } from "../../../src/random.ts";

const PAINTERS = {
  paintStreaks: strokes.paintStreaks,
  paintScribbles: strokes.paintScribbles,
  paintBlobs: strokes.paintBlobs,
  paintBoxes: strokes.paintBoxes,
  paintContours: strokes.paintContours,
};

for (const [name, paint] of Object.entries(PAINTERS)) {
  Deno.test(`${name}() paints about as much as it is told`, () => {
    const shares: number[] = [];
    for (let i = 0; i < 30; i++) {
      const canvas = createMaskCanvas(160);
      paint(canvas, createRandom(3, i), 0.2 * 160 ** 2);
      assert.equal(canvas.holes, canvas.data.reduce((sum, value) => sum + value, 0));
      shares.push(canvas.holes / 160 ** 2);
    }
    shares.sort((a, b) => a - b);
    // The last shape may pass the mark; the median may not.
    const median = shares[15]!;
    assert.ok(median > 0.15 && median < 0.26, `${shares}`);
  });

  Deno.test(`${name}() leaves a canvas that is full enough`, () => {
    const canvas = createMaskCanvas(32);
    paint(canvas, createRandom(4), 0);
    assert.equal(canvas.holes, 0);
  });
}

Deno.test("paintSpecks() adds a few small patches", () => {
  for (let i = 0; i < 20; i++) {
    const canvas = createMaskCanvas(160);
    strokes.paintSpecks(canvas, createRandom(5, i));
    assert.ok(canvas.holes >= 1 && canvas.holes < 0.01 * 160 ** 2, `${canvas.holes}`);
  }
});
