import assert from "node:assert/strict";
import { IMAGE_RANGES, isImageRange, RANGE_SCALES } from "../../../src/model/image_range.ts";

Deno.test("isImageRange() knows the three ranges and no other word", () => {
  for (const range of IMAGE_RANGES) assert.equal(isImageRange(range), true);
  for (const word of ["[0,255]", "", undefined, 1, "toString"]) {
    assert.equal(isImageRange(word), false);
  }
});

Deno.test("RANGE_SCALES take black and white to the ends of the ranges", () => {
  const ends = (range: typeof IMAGE_RANGES[number]) => {
    const { mean, deviation } = RANGE_SCALES[range];
    return [0, 1].map((value) => mean.map((m, c) => (value - m) / deviation[c]!));
  };
  assert.deepEqual(ends("[0,1]"), [[0, 0, 0], [1, 1, 1]]);
  assert.deepEqual(ends("[-1,1]"), [[-1, -1, -1], [1, 1, 1]]);
  // By hand: -0.485 / 0.229 and (1 - 0.485) / 0.229, and so on: -2.11 to 2.64 in PConv-Keras' comments too.
  const rounded = ends("imagenet").map((colour) => colour.map((v) => Number(v.toFixed(3))));
  assert.deepEqual(rounded, [[-2.118, -2.036, -1.804], [2.249, 2.429, 2.64]]);
});
