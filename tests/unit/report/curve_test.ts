import assert from "node:assert/strict";
import {
  type CurvePoint,
  finitePoints,
  smoothCurve,
  thinCurve,
} from "../../../src/report/curve.ts";

/** Points at x = 0, 1, 2... */
function curve(values: readonly number[]): CurvePoint[] {
  return values.map((y, x) => [x, y]);
}

Deno.test("finitePoints() drops what cannot be drawn", () => {
  const points: CurvePoint[] = [[0, 1], [1, NaN], [2, Infinity], [NaN, 3], [4, 5]];
  assert.deepEqual(finitePoints(points), [[0, 1], [4, 5]]);
});

Deno.test("smoothCurve() takes means around each point, and of what there is at the ends", () => {
  // (0+3)/2, (0+3+6)/3, (3+6+0)/3, (6+0)/2
  assert.deepEqual(smoothCurve(curve([0, 3, 6, 0]), 1), curve([1.5, 3, 3, 3]));
});

Deno.test("smoothCurve() leaves a constant and, with radius 0, everything as it is", () => {
  assert.deepEqual(smoothCurve(curve([2, 2, 2, 2, 2]), 3), curve([2, 2, 2, 2, 2]));
  assert.deepEqual(smoothCurve(curve([1, 5, 2]), 0), curve([1, 5, 2]));
  assert.deepEqual(smoothCurve([], 2), []);
});

Deno.test("thinCurve() keeps short curves whole", () => {
  const points = curve([3, 1, 2, 5]);
  assert.deepEqual(thinCurve(points, 2), points);
});

Deno.test("thinCurve() keeps the extremes of every column and the ends", () => {
  const values = Array.from({ length: 10_001 }, (_, i) => Math.sin(i / 50));
  values[4321] = 7;
  values[8765] = -7;
  const thin = thinCurve(curve(values), 100);
  assert.ok(thin.length <= 204, `${thin.length} points, must be at most two a column and the ends`);
  assert.deepEqual([thin[0], thin.at(-1)], [[0, values[0]], [10_000, values[10_000]]]);
  assert.ok(thin.some(([x, y]) => x === 4321 && y === 7));
  assert.ok(thin.some(([x, y]) => x === 8765 && y === -7));
  assert.ok(thin.every(([x, y]) => values[x] === y), "all points are points of the curve");
  assert.ok(thin.every(([x], i) => i === 0 || x > thin[i - 1]![0]), "in ascending order");
});

Deno.test("thinCurve() takes points at one place", () => {
  const points: CurvePoint[] = Array.from({ length: 100 }, (_, i) => [5, i]);
  assert.deepEqual(thinCurve(points, 10), [[5, 0], [5, 99]]);
});
