import assert from "node:assert/strict";
import { HOLE_WEIGHT, setBlockTarget } from "../../../../src/data/jpeg/block_target.ts";
import { uprightWalk } from "../../../../src/data/jpeg/upright_walk.ts";

const GREEN = { red: 0, green: 1, blue: 0, offset: -128 };

/** A picture whose green is 100 plus the column, with a hole in some pixels given as `[x, y]`. */
function pictureOf(width: number, height: number, holes: readonly (readonly [number, number])[]) {
  const rgba = Uint8Array.from({ length: 4 * width * height }, (_, i) => 100 + (i >> 2) % width);
  const holeMask = new Uint8Array(width * height);
  for (const [x, y] of holes) holeMask[y * width + x] = 1;
  return { width, height, rgba, holeMask, walk: uprightWalk({ width, height }, 1) };
}

/** The file says 7 everywhere. */
const freshTarget = () => ({
  samples: new Float64Array(64).fill(7),
  weights: new Float64Array(64),
});

Deno.test("setBlockTarget() sets samples of the hole and leaves the others as the file has them", () => {
  const target = freshTarget();
  const area = { left: 8, top: 0, cellWide: 1, cellHigh: 1, colour: GREEN };
  setBlockTarget(target, pictureOf(16, 8, [[9, 0], [15, 7], [3, 3]]), area);
  const wanted = new Float64Array(64).fill(7);
  const weights = new Float64Array(64).fill(1);
  wanted[1] = 109 - 128;
  wanted[63] = 115 - 128;
  weights[1] = weights[63] = HOLE_WEIGHT;
  assert.deepEqual(target, { samples: wanted, weights });
});

Deno.test("setBlockTarget() mixes what a coarse sample covers by weight", () => {
  const target = freshTarget();
  const area = { left: 0, top: 0, cellWide: 2, cellHigh: 2, colour: GREEN };
  // One of the four pixels under sample 0, all four under sample 9 (columns 2 and 3).
  const holes = [[1, 0], [2, 2], [3, 2], [2, 3], [3, 3]] as const;
  setBlockTarget(target, pictureOf(16, 16, holes), area);
  // (3 * 7 + 0.25 * (101 - 128)) / 3.25 = 14.25 / 3.25
  assert.ok(Math.abs(target.samples[0]! - 14.25 / 3.25) < 1e-12);
  assert.deepEqual([target.weights[0], target.weights[9], target.weights[1]], [3.25, 1, 4]);
  assert.equal(target.samples[9], 102.5 - 128);
  assert.equal(target.samples[1], 7);
});

Deno.test("setBlockTarget() repeats filled samples beyond the edge and leaves others", () => {
  const target = freshTarget();
  const area = { left: 0, top: 0, cellWide: 2, cellHigh: 2, colour: GREEN };
  // Five pixels are three samples; the last one covers one column, and of three rows the second sample one row.
  setBlockTarget(target, pictureOf(5, 3, [[4, 0], [4, 1]]), area);
  const filled = 104 - 128;
  assert.deepEqual([...target.samples.subarray(0, 8)], [7, 7, ...new Array(6).fill(filled)]);
  assert.deepEqual([...target.samples.subarray(8, 64)], new Array(56).fill(7));
  assert.deepEqual([...target.weights.subarray(0, 4)], [4, 4, 2 * HOLE_WEIGHT, 1 / 64]);
  assert.deepEqual([target.weights[8], target.weights[10], target.weights[16]], [2, 1, 1 / 64]);
});

Deno.test("setBlockTarget() finds the pixels of a picture that lies on its side", () => {
  const target = freshTarget();
  const area = { left: 0, top: 0, cellWide: 1, cellHigh: 1, colour: GREEN };
  // Upright 8x16 is stored 16x8 with orientation 6: stored (0, 0) is upright (7, 0).
  const upright = pictureOf(8, 16, [[7, 0], [7, 2]]);
  const size = { width: 16, height: 8 };
  setBlockTarget(target, { ...upright, ...size, walk: uprightWalk(size, 6) }, area);
  const changed = [...target.samples.keys()].filter((i) => target.samples[i] !== 7);
  assert.deepEqual(changed, [0, 2]);
  assert.equal(target.samples[0], 107 - 128);
});
