import assert from "node:assert/strict";
import { bootstrapMean } from "../../../src/evaluation/bootstrap.ts";
import { createRandom } from "../../../src/random.ts";

Deno.test("bootstrapMean() has no interval of one value, and nothing of none", () => {
  assert.equal(bootstrapMean([]), undefined);
  const one = { mean: 3, low: null, high: null, deviation: null, count: 1 };
  assert.deepEqual(bootstrapMean([3]), one);
});

Deno.test("bootstrapMean() of equal values has an interval of no width", () => {
  assert.deepEqual(bootstrapMean([2, 2, 2]), {
    mean: 2,
    low: 2,
    high: 2,
    deviation: 0,
    count: 3,
  });
});

Deno.test("bootstrapMean() of two values: each mean of a resample is one of three", () => {
  // Of 0 and 1 a quarter of resamples have mean 0 and a quarter 1, so both ends of the middle 95 % are the extremes.
  const estimate = bootstrapMean([0, 1])!;
  assert.deepEqual([estimate.low, estimate.mean, estimate.high], [0, 0.5, 1]);
  assert.equal(estimate.deviation, Math.SQRT1_2);
});

Deno.test("bootstrapMean() comes close to the interval of a normal mean, and is the same each time", () => {
  const random = createRandom(5);
  const values = Array.from({ length: 400 }, () => 10 + 2 * random.normal());
  const { mean, low, high, deviation } = bootstrapMean(values)!;
  // The normal interval is mean ± 1.96 s/√n; 1,000 resamples know its half width to about 5 %.
  const half = 1.96 * deviation! / Math.sqrt(400);
  assert.ok(Math.abs((high! - low!) / (2 * half) - 1) < 0.1, `${low} to ${high}, half ${half}`);
  assert.ok(Math.abs((low! + high!) / 2 - mean) < 0.1 * half);
  assert.deepEqual(bootstrapMean(values), { mean, low, high, deviation, count: 400 });
});

Deno.test("the 95 % interval holds the true mean about 95 times of 100", () => {
  let inside = 0;
  for (let trial = 0; trial < 200; trial++) {
    const random = createRandom(trial, 77);
    const values = Array.from({ length: 60 }, () => random.uniform());
    const { low, high } = bootstrapMean(values)!;
    if (low! <= 0.5 && high! >= 0.5) inside++;
  }
  // 190 expected; binomial standard deviation 3.1, and percentile intervals of 60 values are a little narrow.
  assert.ok(inside >= 178 && inside <= 200, `${inside} of 200`);
});
