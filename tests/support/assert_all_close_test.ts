import assert from "node:assert/strict";
import { assertAllClose, compare, EXACT, type Values } from "./assert_all_close.ts";

const vector = (...data: number[]): Values => ({ shape: [data.length], data });

Deno.test("assertAllClose() accepts what lies on the tolerance and refuses what lies beyond", () => {
  const expected = vector(100, -100);
  assertAllClose(vector(101.5, -98.5), expected, { rtol: 0.01, atol: 0.5 });
  assert.throws(() => assertAllClose(vector(101.6, -100), expected, { rtol: 0.01, atol: 0.5 }));
  // The tolerance is relative to the expected value, not to the actual one: 0.01 · 101 would be enough.
  assert.throws(() => assertAllClose(vector(101.005), vector(100), { rtol: 0.01, atol: 0 }));
});

Deno.test("assertAllClose() names the worst index, both values, both errors and the count", () => {
  const actual: Values = { shape: [2, 2], data: [1, 2.5, 3, 4.25] };
  const expected: Values = { shape: [2, 2], data: [1, 2, 3, 4] };
  assert.throws(() => assertAllClose(actual, expected, { rtol: 0, atol: 0.125 }, "output"), {
    message: "output: 2 of 4 values differ by more than atol 0.125 + rtol 0. Worst at [0, 1]: " +
      "is 2.5, must be 2, absolute error 5.00e-1, relative error 2.50e-1",
  });
});

Deno.test("assertAllClose() compares shapes before values", () => {
  const actual: Values = { shape: [2, 1], data: [1, 2] };
  assert.throws(() => assertAllClose(actual, vector(1, 2), { rtol: 1, atol: 1 }, "mask"), {
    message: "mask: shape is [2, 1], must be [2]",
  });
});

Deno.test("assertAllClose() refuses data that do not fill the shape", () => {
  const short: Values = { shape: [3], data: [1, 2] };
  assert.throws(() => assertAllClose(short, vector(1, 2, 3), EXACT), {
    message: "values: there are 2 and 3 values, must be 3",
  });
});

Deno.test("assertAllClose() accepts values that are not finite only if they are identical", () => {
  const loose = { rtol: 1, atol: 1e9 };
  assertAllClose(vector(NaN, Infinity, -Infinity), vector(NaN, Infinity, -Infinity), loose);
  assert.throws(() => assertAllClose(vector(NaN), vector(0), loose), /is NaN, must be 0/);
  assert.throws(() => assertAllClose(vector(0), vector(NaN), loose), /is 0, must be NaN/);
  assert.throws(() => assertAllClose(vector(-Infinity), vector(Infinity), loose));
  assert.throws(() => assertAllClose(vector(1e30), vector(Infinity), loose));
});

Deno.test("assertAllClose() with EXACT forgives only the sign of zero", () => {
  assertAllClose(vector(-0, 0.1), vector(0, 0.1), EXACT);
  assert.throws(() => assertAllClose(vector(0.1), vector(0.1 + 2e-17), EXACT));
});

Deno.test("compare() reports the largest errors of each kind", () => {
  assert.deepEqual(compare(vector(1.5, 10, 1), vector(1, 12, 0), { rtol: 0, atol: 3 }), {
    bad: 0,
    worst: 1,
    strain: 2 / 3,
    absolute: 2,
    relative: 0.5,
  });
});
