import assert from "node:assert/strict";
import { chooseRadius, cropDistance, measureDistance } from "../../../src/data/mask_augment.ts";

function bitmapWithPoint(side: number, x: number, y: number, height = side) {
  const data = new Uint8Array(side * height);
  data[y * side + x] = 1;
  return { data, width: side, height };
}

function allHole(side: number) {
  return { data: new Uint8Array(side * side).fill(1), width: side, height: side };
}

const UPRIGHT = { scale: 1, angle: 0, shift: [0, 0], margin: 0 } as const;

Deno.test("measureDistance() with a square brush is the chessboard distance", () => {
  const field = measureDistance(bitmapWithPoint(9, 2, 6), "square");
  const distance = cropDistance(field, { width: 9, height: 9, ...UPRIGHT });
  distance.forEach((value, i) => {
    const expected = Math.max(Math.abs(i % 9 - 2), Math.abs(Math.floor(i / 9) - 6));
    assert.ok(Math.abs(value - expected) < 1e-5, `pixel ${i}: ${value}`);
  });
});

Deno.test("measureDistance() with a round brush is within 8 % of the Euclidean distance", () => {
  const field = measureDistance(bitmapWithPoint(21, 10, 10), "round");
  const distance = cropDistance(field, { width: 21, height: 21, ...UPRIGHT });
  distance.forEach((value, i) => {
    const expected = Math.hypot(i % 21 - 10, Math.floor(i / 21) - 10);
    assert.ok(Math.abs(value - expected) <= 0.08 * expected + 1e-5, `pixel ${i}: ${value}`);
  });
});

Deno.test("cropDistance() keeps known what lies outside the turned canvas", () => {
  const view = { ...UPRIGHT, width: 32, height: 32, angle: Math.PI / 4 };
  const distance = cropDistance(measureDistance(allHole(32), "square"), view);
  for (const corner of [0, 31, 31 * 32, 32 * 32 - 1]) assert.equal(distance[corner], Infinity);
  assert.equal(distance[16 * 32 + 16], 0);
  // The octagon left of a unit square turned by 45 degrees has the area 2 * (sqrt(2) - 1) = 0.828.
  const share = distance.filter((value) => value === 0).length / 1024;
  assert.ok(Math.abs(share - 0.828) < 0.03, `share ${share}`);
});

Deno.test("measureDistance() and cropDistance() take bitmaps that are not square", () => {
  const field = measureDistance(bitmapWithPoint(12, 10, 3, 5), "square");
  const distance = cropDistance(field, { width: 12, height: 5, ...UPRIGHT });
  distance.forEach((value, i) => {
    const expected = Math.max(Math.abs(i % 12 - 10), Math.abs(Math.floor(i / 12) - 3));
    assert.ok(Math.abs(value - expected) < 1e-5, `pixel ${i}: ${value}`);
  });
  // A square window on the same centre: three and a half rows above and below are outside.
  const square = cropDistance(field, { width: 12, height: 12, ...UPRIGHT });
  assert.equal(square.filter((value) => value === Infinity).length, 12 * 6);
});

Deno.test("cropDistance() shifts, turns by quarters and scales", () => {
  const field = measureDistance(bitmapWithPoint(8, 1, 2), "square");
  const at = (view: Partial<Parameters<typeof cropDistance>[1]>) =>
    cropDistance(field, { width: 8, height: 8, ...UPRIGHT, ...view }).indexOf(0);
  assert.equal(at({}), 2 * 8 + 1);
  assert.equal(at({ shift: [1, 2] }), 0 * 8 + 0);
  // The crop turns by 180 degrees, so the point moves to the opposite place.
  const turned = cropDistance(field, { width: 8, height: 8, ...UPRIGHT, angle: Math.PI });
  assert.ok(turned[5 * 8 + 6]! < 1e-3);
  // Two crop pixels per canvas pixel: the point's centre is at (3, 5), that of crop pixel (13, 5) 10.5 away.
  const larger = cropDistance(field, { width: 16, height: 16, ...UPRIGHT, scale: 0.5 });
  assert.ok(larger[5 * 16 + 3]! < 1);
  assert.ok(Math.abs(larger[5 * 16 + 13]! - 10.5) < 1e-4);
});

Deno.test("cropDistance() keeps the margin known", () => {
  const field = measureDistance(allHole(16), "round");
  const distance = cropDistance(field, { ...UPRIGHT, width: 16, height: 16, margin: 3 });
  assert.equal(distance.filter((value) => value === 0).length, 10 * 10);
  assert.equal(distance[2 * 16 + 8], Infinity);
  assert.equal(distance[3 * 16 + 3], 0);
});

Deno.test("chooseRadius() finds the radius with the wanted number of holes", () => {
  const field = measureDistance(bitmapWithPoint(31, 15, 15), "square");
  const distance = cropDistance(field, { width: 31, height: 31, ...UPRIGHT });
  // A point grown by r = 4 is a square of 9 x 9.
  const { radius, holes } = chooseRadius(distance, 81, { low: 1, high: 12 });
  assert.equal(holes, 81);
  assert.ok(radius >= 4 && radius < 5);
  assert.equal(distance.filter((value) => value <= radius).length, 81);
  assert.equal(chooseRadius(distance, 1, { low: 1, high: 12 }).holes, 9);
  assert.equal(chooseRadius(distance, 961, { low: 1, high: 12 }).holes, 625);
});
