import assert from "node:assert/strict";
import { createMaskCanvas, paintDisc, paintPolygon } from "../../../src/data/mask_canvas.ts";

function countHoles(data: Uint8Array): number {
  return data.reduce((sum, value) => sum + value, 0);
}

Deno.test("paintDisc() paints a disc of the right area and counts it once", () => {
  const canvas = createMaskCanvas(64);
  paintDisc(canvas, [32, 32], 20);
  assert.ok(Math.abs(canvas.holes - Math.PI * 400) < 20, `${canvas.holes}`);
  paintDisc(canvas, [32, 32], 20);
  assert.equal(canvas.holes, countHoles(canvas.data));
});

Deno.test("paintDisc() drops what lies outside and paints at least one pixel inside", () => {
  const canvas = createMaskCanvas(8);
  paintDisc(canvas, [-30, 4], 5);
  paintDisc(canvas, [4, 90], 5);
  assert.equal(canvas.holes, 0);
  paintDisc(canvas, [3.5, 2.5], 0.01);
  assert.equal(canvas.data[2 * 8 + 3], 1);
  assert.equal(canvas.holes, 1);
});

Deno.test("paintPolygon() fills pixel centres by the even-odd rule", () => {
  const canvas = createMaskCanvas(8);
  paintPolygon(canvas, [[1, 1], [5, 1], [5, 4], [1, 4]]);
  assert.equal(canvas.holes, 4 * 3);
  assert.equal(canvas.data[1 * 8 + 1], 1);
  assert.equal(canvas.data[4 * 8 + 1], 0);
  assert.equal(canvas.data[1 * 8 + 5], 0);
});

Deno.test("paintPolygon() cuts at the canvas", () => {
  const canvas = createMaskCanvas(8);
  paintPolygon(canvas, [[-50, -50], [50, -50], [50, 50], [-50, 50]]);
  assert.equal(canvas.holes, 64);
  assert.equal(countHoles(canvas.data), 64);
});
