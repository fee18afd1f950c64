import assert from "node:assert/strict";
import { holeShare, irregularHole, squareHole } from "./holes.ts";

Deno.test("squareHole() is a square of the wanted share", () => {
  // 25 % of 8x8 is 4x4, in the middle: rows and columns 2 to 5.
  const rows = Array.from(
    { length: 8 },
    (_, y) => squareHole(8, 25).subarray(8 * y, 8 * y + 8).join(""),
  );
  const inside = "00111100";
  const outside = "00000000";
  assert.deepEqual(rows, [
    ...[outside, outside, inside, inside],
    ...[inside, inside, outside, outside],
  ]);
});

Deno.test("irregularHole() is within a twentieth of every share of the curve, and always the same", () => {
  for (const percent of [1, 2, 5, 10, 20, 30, 40, 50, 60, 75]) {
    const share = holeShare(irregularHole(256, percent));
    assert.ok(Math.abs(100 * share - percent) <= 0.05 * percent, `${percent} %: ${share}`);
  }
  assert.deepEqual(irregularHole(64, 20), irregularHole(64, 20));
});
