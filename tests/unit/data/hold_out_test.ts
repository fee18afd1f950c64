import assert from "node:assert/strict";
import { holdOut } from "../../../src/data/hold_out.ts";

const names = (count: number, folder = "photos") =>
  Array.from({ length: count }, (_, i) => `${folder}/${String(i).padStart(4, "0")}.jpg`);

Deno.test("holdOut() takes one image of 20, more of few, at most 100, and none of fewer than 20", () => {
  const sizes = [[0, 0], [19, 0], [20, 4], [24, 4], [25, 5], [30, 6], [100, 6], [120, 6], [121, 7]];
  sizes.push([200, 10], [1980, 99], [1981, 100], [2000, 100], [9000, 100]);
  for (const [images, held] of sizes as [number, number][]) {
    const paths = names(images);
    const { training, validation } = holdOut(paths, { seed: 1 });
    assert.equal(validation.length, held, `${images} images`);
    assert.equal(training.length, images - held);
    assert.deepEqual([...training, ...validation].sort(), paths, "an image is lost or in both");
    assert.deepEqual(validation, validation.toSorted(), "the order is lost");
  }
});

Deno.test("holdOut() depends on seed and names, not on the order of the list", () => {
  const paths = names(100);
  const held = holdOut(paths, { seed: 7 }).validation;
  assert.deepEqual(holdOut(paths.toReversed(), { seed: 7 }).validation.toSorted(), held);
  assert.notDeepEqual(holdOut(paths, { seed: 8 }).validation, held);
  // Not simply the first or the last ones.
  assert.notDeepEqual(held, paths.slice(0, 6));
  assert.notDeepEqual(held, paths.slice(-6));
});

Deno.test("holdOut() keeps the split of a data set that moves", () => {
  const base = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const [a, b] = ["photos", "/elsewhere/my/photos"].map((folder) =>
    holdOut(names(60, folder), { seed: 1, folder }).validation.map(base)
  );
  assert.equal(a!.length, 6);
  assert.deepEqual(a, b);
});

Deno.test("holdOut() holds out nearly the same images when the data set grows", () => {
  const before = holdOut(names(200), { seed: 1 }).validation;
  const after = new Set(holdOut(names(240), { seed: 1 }).validation);
  // 12 of 240 instead of 10 of 200: one of them gives way if 3 of the 40 new ones hash lower.
  assert.ok(before.filter((path) => after.has(path)).length >= 8);
});
