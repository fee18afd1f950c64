import assert from "node:assert/strict";
import { inceptionScore } from "../../../src/metrics/inception_score.ts";

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-14, `${actual} must be ${expected}`);
}

Deno.test("inceptionScore() is the number of pictures if each is another class for sure", () => {
  const pictures = [0, 1, 2].map((k) =>
    Float32Array.from({ length: 5 }, (_, i) => i === k ? 1 : 0)
  );
  // KL of each to the mean (1/3, 1/3, 1/3, 0, 0) is ln 3.
  assertNear(inceptionScore(pictures), 3);
});

Deno.test("inceptionScore() is 1 if all pictures are seen alike, or there is one", () => {
  const picture = Float32Array.of(0.25, 0.75);
  assertNear(inceptionScore([picture]), 1);
  assertNear(inceptionScore([picture, picture, picture]), 1);
});

Deno.test("inceptionScore() is by hand arithmetic", () => {
  // Mean (1/2, 1/2); KL = 0.75·ln 1.5 + 0.25·ln 0.5 for both.
  const expected = 1.5 ** 0.75 * 0.5 ** 0.25;
  assertNear(inceptionScore([Float32Array.of(0.25, 0.75), Float32Array.of(0.75, 0.25)]), expected);
});

Deno.test("inceptionScore() of no pictures is NaN", () => {
  assert.ok(Number.isNaN(inceptionScore([])));
});

Deno.test("inceptionScore() refuses other lengths and what is no posterior", () => {
  assert.throws(
    () => inceptionScore([Float32Array.of(1, 0), Float32Array.of(1)]),
    /^RangeError: Cannot compare posteriors: they have 2 and 1 classes, must be equally many$/,
  );
  assert.throws(
    () => inceptionScore([Float32Array.of(1, 1)]),
    /^RangeError: Cannot use posterior: sum of 2 values is 2, must be 1$/,
  );
});
