import assert from "node:assert/strict";
import {
  checkSameClasses,
  divergence,
  normalisePosterior,
  POSTERIOR_TOLERANCE,
} from "../../../src/metrics/posterior.ts";

Deno.test("normalisePosterior() divides by the sum in float64", () => {
  // 0.1, 0.2 and 0.7 as float32 add up to 1.0000000074505806 only.
  const p = normalisePosterior(Float32Array.of(0.1, 0.2, 0.7));
  assert.ok(Math.abs(p[0]! + p[1]! + p[2]! - 1) <= 2 ** -52);
  assert.ok(Math.abs(p[0]! - 0.1) < 1e-8);
  assert.deepEqual([...normalisePosterior(Float32Array.of(0.25, 0.75))], [0.25, 0.75]);
});

Deno.test("normalisePosterior() refuses what is no posterior", () => {
  assert.equal(POSTERIOR_TOLERANCE, 1e-3);
  for (
    const [values, problem] of [
      [[0.5, 0.25], "sum of 2 values is 0.75, must be 1"],
      [[0.5, 0.501953125], "sum of 2 values is 1.001953125, must be 1"],
      [[], "sum of 0 values is 0, must be 1"],
      [[1.5, -0.5], "it holds -0.5, must be probabilities"],
      [[NaN, 1], "it holds NaN, must be probabilities"],
      [[Infinity], "it holds Infinity, must be probabilities"],
    ] as const
  ) {
    assert.throws(() => normalisePosterior(Float32Array.from(values)), {
      name: "RangeError",
      message: `Cannot use posterior: ${problem}`,
    });
  }
  // 1 + 2^-10 is within the tolerance.
  normalisePosterior(Float32Array.of(0.5, 0.5009765625));
});

Deno.test("divergence() adds up p·log(p / q) where p is not 0", () => {
  // 0.5·ln(0.5 / 0.25) + 0.5·ln(0.5 / 0.5); the last class counts nothing, though its q is 0.
  const sum = divergence(Float64Array.of(0.5, 0.5, 0), Float64Array.of(0.25, 0.5, 0));
  assert.ok(Math.abs(sum - 0.5 * Math.LN2) < 1e-16);
});

Deno.test("checkSameClasses() refuses two lengths", () => {
  checkSameClasses(new Float32Array(3), new Float32Array(3));
  assert.throws(() => checkSameClasses(new Float32Array(3), new Float32Array(4)), {
    name: "RangeError",
    message: "Cannot compare posteriors: they have 3 and 4 classes, must be equally many",
  });
});
