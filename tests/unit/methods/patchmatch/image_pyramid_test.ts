import assert from "node:assert/strict";
import { buildPyramid, fillFromCoarser } from "../../../../src/methods/patchmatch/image_pyramid.ts";

/** Grey picture from one value per pixel. */
function grey(values: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values.flatMap((value) => [value, value, value]));
}

/** First channel. */
function red(rgb255: Uint8Array): number[] {
  return [...rgb255].filter((_, i) => i % 3 === 0);
}

Deno.test("buildPyramid() averages known pixels, shrinks holes and stops without a hole", () => {
  const holeMask = Uint8Array.of(
    ...[1, 0, 1, 1, 0],
    ...[0, 0, 1, 1, 1],
    ...[0, 1, 1, 1, 0],
  );
  const rgb255 = grey([99, 1, 99, 99, 7, 2, 4, 99, 99, 99, 8, 99, 99, 99, 200]);
  const levels = buildPyramid({ width: 5, height: 3, rgb255, holeMask });
  assert.deepEqual(levels.map(({ width, height }) => [width, height]), [[5, 3], [3, 2], [2, 1]]);
  // Hole pixels become 0; (1 + 2 + 4) / 3 = 2.33 is 2; lone known pixels are taken over.
  assert.deepEqual(red(levels[0]!.rgb255), [0, 1, 0, 0, 7, 2, 4, 0, 0, 0, 8, 0, 0, 0, 200]);
  assert.deepEqual(red(levels[1]!.rgb255), [2, 0, 7, 8, 0, 200]);
  assert.deepEqual([...levels[1]!.holeMask], [0, 1, 0, 0, 1, 0]);
  // (2 + 8) / 2 = 5 and (7 + 200) / 2 = 103.5, half up.
  assert.deepEqual(red(levels[2]!.rgb255), [5, 104]);
  assert.deepEqual([...levels[2]!.holeMask], [0, 0]);
});

Deno.test("buildPyramid() keeps colours apart and does not write to its input", () => {
  const rgb255 = Uint8Array.of(10, 20, 30, 20, 40, 60, 9, 9, 9);
  const [finest, coarser] = buildPyramid({
    width: 3,
    height: 1,
    rgb255,
    holeMask: Uint8Array.of(0, 0, 1),
  });
  assert.deepEqual([...rgb255.subarray(6)], [9, 9, 9]);
  assert.deepEqual([...finest!.rgb255.subarray(6)], [0, 0, 0]);
  assert.deepEqual([...coarser!.rgb255.subarray(0, 3)], [15, 30, 45]);
});

Deno.test("buildPyramid() has one level without a hole and refuses a picture that is all hole", () => {
  const size = { width: 2, height: 1, rgb255: grey([3, 4]) };
  assert.equal(buildPyramid({ ...size, holeMask: new Uint8Array(2) }).length, 1);
  assert.throws(
    () => buildPyramid({ ...size, holeMask: new Uint8Array(2).fill(1) }),
    /RangeError: Cannot build pyramid: every pixel is hole/,
  );
});

Deno.test("fillFromCoarser() doubles bilinearly in the hole only", () => {
  const level = {
    width: 4,
    height: 2,
    rgb255: grey([0, 0, 0, 77, 0, 0, 0, 0]),
    holeMask: Uint8Array.of(1, 1, 1, 0, 1, 1, 1, 1),
  };
  const coarser = { width: 2, height: 1, rgb255: grey([16, 32]), holeMask: new Uint8Array(2) };
  fillFromCoarser(level, coarser);
  // Half-pixel grid, rim repeated: 16, (3 * 16 + 32) / 4 = 20, (16 + 3 * 32) / 4 = 28, 32.
  assert.deepEqual(red(level.rgb255), [16, 20, 28, 77, 16, 20, 28, 32]);
});

Deno.test("fillFromCoarser() weighs the four nearest by 9, 3, 3 and 1, rounded half up", () => {
  const level = {
    width: 4,
    height: 4,
    rgb255: new Uint8Array(48),
    holeMask: new Uint8Array(16).fill(1),
  };
  const coarser = {
    width: 2,
    height: 2,
    rgb255: grey([10, 50, 91, 201]),
    holeMask: new Uint8Array(4),
  };
  fillFromCoarser(level, coarser);
  // (9 * 10 + 3 * 50 + 3 * 91 + 201) / 16 = 44.6; (9 * 201 + 3 * 91 + 3 * 50 + 10) / 16 = 140.1
  assert.equal(level.rgb255[(1 * 4 + 1) * 3], 45);
  assert.equal(level.rgb255[(2 * 4 + 2) * 3], 140);
});
