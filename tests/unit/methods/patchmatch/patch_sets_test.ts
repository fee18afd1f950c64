import assert from "node:assert/strict";
import { findPatches } from "../../../../src/methods/patchmatch/patch_sets.ts";
import { createRandom } from "../../../../src/random.ts";

function levelOf(width: number, height: number, isHole: (x: number, y: number) => boolean) {
  const holeMask = Uint8Array.from(
    { length: width * height },
    (_, i) => isHole(i % width, Math.floor(i / width)) ? 1 : 0,
  );
  return { width, height, holeMask, rgb255: new Uint8Array(width * height * 3) };
}

Deno.test("findPatches() sorts all whole patches by whether they overlap the hole", () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = createRandom(seed);
    const level = levelOf(19, 16, () => random.uniform() < 0.02);
    const { width, height, holeMask } = level;
    const { radius, targets, sources, isSource } = findPatches(level, { radius: 2 });
    const expected: { targets: number[]; sources: number[] } = { targets: [], sources: [] };
    for (let y = 2; y < height - 2; y++) {
      for (let x = 2; x < width - 2; x++) {
        let holes = 0;
        for (let at = 0; at < 25; at++) {
          holes += holeMask[(y + Math.floor(at / 5) - 2) * width + x + at % 5 - 2]!;
        }
        expected[holes > 0 ? "targets" : "sources"].push(y * width + x);
      }
    }
    assert.equal(radius, 2);
    assert.deepEqual([...targets], expected.targets);
    assert.deepEqual([...sources], expected.sources);
    assert.deepEqual([...isSource.keys()].filter((i) => isSource[i] === 1), expected.sources);
  }
});

Deno.test("findPatches() takes a smaller radius where the wanted one does not fit", () => {
  const one = (x: number, y: number) => x === 0 && y === 0;
  assert.equal(findPatches(levelOf(40, 6, one), { radius: 3 }).radius, 2);
  assert.equal(findPatches(levelOf(2, 40, one), { radius: 3 }).radius, 0);
});

Deno.test("findPatches() takes a smaller radius where sources are few", () => {
  // Known stripes of 5 rows hold patches of radius 2 and no larger ones.
  const stripes = levelOf(40, 40, (_, y) => y % 10 >= 5);
  assert.equal(findPatches(stripes, { radius: 3 }).radius, 2);
  // A known square of 7x7 between known lines, which are no patches of 3x3: 2 * 8 * 91 - 64 + 49 = 1441 known pixels
  // and 25 sources of radius 1, less than 1441 / 50 = 28.8.
  const grid = levelOf(
    91,
    91,
    (x, y) => !(x % 12 === 0 || y % 12 === 0 || (x >= 15 && x < 22 && y >= 15 && y < 22)),
  );
  assert.equal(findPatches(grid, { radius: 3 }).radius, 0);
});

Deno.test("findPatches() has every known pixel as a source at radius 0", () => {
  const level = levelOf(9, 9, (x, y) => x !== 4 || y !== 7);
  const { radius, sources, targets } = findPatches(level, { radius: 3 });
  assert.equal(radius, 0);
  assert.deepEqual([...sources], [7 * 9 + 4]);
  assert.equal(targets.length, 80);
});
