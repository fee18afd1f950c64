import assert from "node:assert/strict";
import { worstWindow } from "../../../../src/evaluation/superres/worst_window.ts";

/** Two pictures that differ at some places, by so much in red. */
function pair(
  width: number,
  height: number,
  places: readonly (readonly [number, number, number])[],
) {
  const a = Uint8Array.from({ length: width * height * 3 }, (_, i) => i % 100);
  const b = Uint8Array.from(a);
  for (const [x, y, by] of places) b[(y * width + x) * 3]! += by;
  return [a, b] as const;
}

Deno.test("worstWindow() finds the place with the largest squared difference", () => {
  const size = { width: 60, height: 40, side: 16 };
  // 20² once is more than 10² three times; only a window from (24, 8) on and up to (32, 16) holds it.
  const [a, b] = pair(60, 40, [[33, 17, 20], [2, 2, 10], [3, 2, 10], [4, 2, 10]]);
  assert.deepEqual(worstWindow(a, b, size), { left: 24, top: 8, width: 16, height: 16 });
  // The last places end at the far side: 60 - 16 and 40 - 16.
  const [c, d] = pair(60, 40, [[59, 39, 5]]);
  assert.deepEqual(worstWindow(c, d, size), { left: 44, top: 24, width: 16, height: 16 });
});

Deno.test("worstWindow() takes all of a small picture, and the first of equal places", () => {
  const [a, b] = pair(10, 30, []);
  assert.deepEqual(worstWindow(a, b, { width: 10, height: 30, side: 16 }), {
    ...{ left: 0, top: 0 },
    ...{ width: 10, height: 16 },
  });
});
