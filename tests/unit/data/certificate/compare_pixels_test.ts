import assert from "node:assert/strict";
import { comparePixels } from "../../../../src/data/certificate/compare_pixels.ts";

const picture = (values: number[], values16?: number[]) => ({
  width: 2,
  height: 1,
  rgba: Uint8ClampedArray.from(values),
  ...values16 === undefined ? {} : { rgba16: Uint16Array.from(values16) },
});
const before = picture([1, 2, 3, 0, 5, 6, 7, 8]);
const alphaWasHole = false;
const none = { bits: 8, changedPixels: 0, maxDifference: 0, changedAlpha: 0 };

Deno.test("comparePixels() finds equal pictures equal", () => {
  const expected = { ...none, knownPixels: 2 };
  assert.deepEqual(comparePixels({ before, after: before, alphaWasHole }), expected);
});

Deno.test("comparePixels() counts changed colours, under full transparency too, and takes the largest", () => {
  const after = picture([1, 9, 1, 0, 5, 6, 7, 8]);
  const expected = { ...none, knownPixels: 2, changedPixels: 1, maxDifference: 7 };
  assert.deepEqual(comparePixels({ before, after, alphaWasHole }), expected);
});

Deno.test("comparePixels() does not look at colours in the hole, but at alpha there", () => {
  const holeMask = Uint8Array.of(1, 0);
  const filled = picture([99, 99, 99, 0, 5, 6, 7, 8]);
  const expected = { ...none, knownPixels: 1 };
  assert.deepEqual(comparePixels({ before, after: filled, holeMask, alphaWasHole }), expected);
  const opaque = picture([99, 99, 99, 255, 5, 6, 7, 8]);
  const changed = { ...expected, changedAlpha: 1 };
  assert.deepEqual(comparePixels({ before, after: opaque, holeMask, alphaWasHole }), changed);
  // Where transparency was the hole it is the other way round.
  assert.deepEqual(
    comparePixels({ before, after: opaque, holeMask, alphaWasHole: true }),
    expected,
  );
  assert.deepEqual(comparePixels({ before, after: filled, holeMask, alphaWasHole: true }), changed);
});

Deno.test("comparePixels() compares 16 bits where there are some", () => {
  const deep = [256, 512, 768, 65535, 5 * 257, 6 * 257, 7 * 257, 8 * 257];
  const values = [1, 2, 3, 255, 5, 6, 7, 8];
  const expected = { ...none, bits: 16, knownPixels: 2 };
  const all = (a: typeof before, b: typeof before) =>
    comparePixels({ before: a, after: b, alphaWasHole });
  assert.deepEqual(all(picture(values, deep), picture(values, deep)), expected);
  // The lower bits of 256, 512, 768 are gone: 1, 2, 3 of 65535.
  const lost = { ...expected, changedPixels: 1, maxDifference: 3 / 257 };
  assert.deepEqual(all(picture(values, deep), picture(values)), lost);
  assert.deepEqual(all(picture(values), picture(values, deep)), lost);
  const one = [...deep];
  one[4]! += 1;
  const least = { ...expected, changedPixels: 1, maxDifference: 1 / 257 };
  assert.deepEqual(all(picture(values, deep), picture(values, one)), least);
});

Deno.test("comparePixels() refuses other sizes", () => {
  const after = { width: 1, height: 2, rgba: before.rgba };
  assert.throws(() => comparePixels({ before, after, alphaWasHole }), { name: "RangeError" });
  const holeMask = new Uint8Array(3);
  assert.throws(() => comparePixels({ before, after: before, holeMask, alphaWasHole }), {
    name: "RangeError",
  });
});

Deno.test("comparePixels() wants opacity only where it is asked for", () => {
  const before = {
    width: 3,
    height: 1,
    rgba: Uint8ClampedArray.of(1, 1, 1, 0, 2, 2, 2, 200, 3, 3, 3, 255),
  };
  const after = { ...before, rgba: Uint8ClampedArray.of(9, 9, 9, 255, 9, 9, 9, 200, 3, 3, 3, 255) };
  const request = { before, after, holeMask: Uint8Array.of(1, 1, 0), alphaWasHole: true };
  assert.equal(comparePixels(request).changedAlpha, 1);
  const opaqueMask = Uint8Array.of(1, 0, 0);
  assert.equal(comparePixels({ ...request, opaqueMask }).changedAlpha, 0);
});
