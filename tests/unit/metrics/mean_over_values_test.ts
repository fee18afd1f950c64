import assert from "node:assert/strict";
import { meanOverValues } from "../../../src/metrics/mean_over_values.ts";

const identity = (difference: number) => difference;

Deno.test("meanOverValues() averages actual minus expected over pixels and channels", () => {
  // By hand: (10 - 20 + 40 + 0 + 0 + 0) / 6.
  const actual = Uint8Array.of(10, 0, 40, 5, 5, 5);
  const expected = Uint8Array.of(0, 20, 0, 5, 5, 5);
  assert.equal(meanOverValues(actual, expected, identity), 5);
});

Deno.test("meanOverValues() counts hole pixels only, in sum and divisor", () => {
  const actual = Uint8Array.of(255, 255, 255, 3, 6, 9);
  const holeMask = Uint8Array.of(0, 1);
  assert.equal(meanOverValues(actual, new Uint8Array(6), identity, { holeMask }), 6);
});

Deno.test("meanOverValues() is NaN if no pixel counts", () => {
  const image = new Uint8Array(3);
  assert.ok(Number.isNaN(meanOverValues(image, image, identity, { holeMask: new Uint8Array(1) })));
});

Deno.test("meanOverValues() refuses images of different length", () => {
  assert.throws(() => meanOverValues(new Uint8Array(3), new Uint8Array(6), identity), {
    name: "RangeError",
    message: "Cannot compare images: lengths are 3 and 6, must be equal multiples of 3",
  });
});

Deno.test("meanOverValues() refuses images with four channels", () => {
  assert.throws(() => meanOverValues(new Uint8Array(4), new Uint8Array(4), identity), {
    name: "RangeError",
    message: "Cannot compare images: lengths are 4 and 4, must be equal multiples of 3",
  });
});

Deno.test("meanOverValues() refuses a mask of another size", () => {
  const image = new Uint8Array(6);
  const holeMask = new Uint8Array(6);
  assert.throws(() => meanOverValues(image, image, identity, { holeMask }), {
    name: "RangeError",
    message: "Cannot compare images: mask has 6 pixels, must have 2",
  });
});
