import assert from "node:assert/strict";
import { halvePlane } from "../../../../src/engine/plan/halve_plane.ts";

Deno.test("halvePlane() takes means of 2x2 blocks", () => {
  // Two rows of three blocks; row y, column x holds 10y + x, so a block's mean is its first plus 5.5.
  const plane = Float32Array.from({ length: 24 }, (_, i) => 10 * Math.floor(i / 6) + i % 6);
  const half = halvePlane(plane, 3, new Float32Array(6));
  assert.deepEqual([...half], [5.5, 7.5, 9.5, 25.5, 27.5, 29.5]);
});
