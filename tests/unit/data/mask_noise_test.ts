import assert from "node:assert/strict";
import { createMaskCanvas } from "../../../src/data/mask_canvas.ts";
import { paintNoise } from "../../../src/data/mask_noise.ts";
import { createRandom } from "../../../src/random.ts";

Deno.test("paintNoise() turns the wanted share of pixels into holes", () => {
  for (let i = 0; i < 20; i++) {
    const canvas = createMaskCanvas(100);
    paintNoise(canvas, createRandom(2, i), 3000);
    assert.ok(Math.abs(canvas.holes - 3000) < 150, `${canvas.holes}`);
    assert.equal(canvas.holes, canvas.data.reduce((sum, value) => sum + value, 0));
  }
});

Deno.test("paintNoise() is smooth: few neighbours differ", () => {
  const canvas = createMaskCanvas(100);
  paintNoise(canvas, createRandom(3), 5000);
  let edges = 0;
  for (let i = 1; i < canvas.data.length; i++) {
    if (i % 100 !== 0 && canvas.data[i] !== canvas.data[i - 1]) edges++;
  }
  // White noise of the same share has an edge between half of the 9900 pairs.
  assert.ok(edges > 50 && edges < 1200, `${edges}`);
});

Deno.test("paintNoise() leaves a canvas that is full enough", () => {
  const canvas = createMaskCanvas(16);
  canvas.holes = 40;
  paintNoise(canvas, createRandom(4), 40);
  assert.equal(canvas.holes, 40);
});
