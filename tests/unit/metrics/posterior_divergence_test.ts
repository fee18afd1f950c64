import assert from "node:assert/strict";
import { POSTERIOR_FLOOR, posteriorDivergence } from "../../../src/metrics/posterior_divergence.ts";

function assertNear(actual: number, expected: number, atol = 1e-15): void {
  assert.ok(Math.abs(actual - expected) <= atol, `${actual} must be ${expected}`);
}

Deno.test("posteriorDivergence() is by hand arithmetic, in nats, and not symmetric", () => {
  const [a, b] = [Float32Array.of(0.5, 0.5), Float32Array.of(0.25, 0.75)];
  // 0.5·ln 2 + 0.5·ln(2/3) = 0.5·ln(4/3)
  assertNear(posteriorDivergence(a, b), 0.5 * Math.log(4 / 3));
  // 0.25·ln(1/2) + 0.75·ln(3/2)
  assertNear(posteriorDivergence(b, a), 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5));
});

Deno.test("posteriorDivergence() of a class that the result excludes is bounded by the floor", () => {
  assert.equal(POSTERIOR_FLOOR, 1e-12);
  // 1·ln(1 / 1e-12) = 12·ln 10
  const most = posteriorDivergence(Float32Array.of(1, 0), Float32Array.of(0, 1));
  assertNear(most, 12 * Math.LN10, 1e-13);
  assert.ok(most < 27.7);
});

Deno.test("posteriorDivergence() of equal posteriors is 0, of float32 sums and unlikely classes too", () => {
  assert.equal(posteriorDivergence(Float32Array.of(0.3, 0.7), Float32Array.of(0.3, 0.7)), 0);
  // Below the floor the term is negative, -1e-14·ln 100.
  const unlikely = Float32Array.of(1, 1e-14);
  assert.equal(posteriorDivergence(unlikely, unlikely), 0);
  // The same posterior, scaled by what float16 may leave.
  const scaled = Float32Array.of(0.5, 0.5).map((value) => value * 1.0005);
  assertNear(posteriorDivergence(Float32Array.of(0.5, 0.5), scaled), 0);
});

Deno.test("posteriorDivergence() refuses other lengths and what is no posterior", () => {
  assert.throws(
    () => posteriorDivergence(Float32Array.of(1), Float32Array.of(0.5, 0.5)),
    /^RangeError: Cannot compare posteriors: they have 1 and 2 classes/,
  );
  for (const [truth, result] of [[[1, 0], [2, 0]], [[2, 0], [1, 0]]] as const) {
    assert.throws(
      () => posteriorDivergence(Float32Array.from(truth), Float32Array.from(result)),
      /^RangeError: Cannot use posterior: sum of 2 values is 2, must be 1$/,
    );
  }
});
