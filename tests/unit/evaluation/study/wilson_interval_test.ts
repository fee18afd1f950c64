import assert from "node:assert/strict";
import { wilsonInterval } from "../../../../src/evaluation/study/wilson_interval.ts";

Deno.test("wilsonInterval() gives the published values", () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3, 4 decimals.
  const table = [
    [81, 263, "0.2553", "0.3662"],
    [15, 148, "0.0624", "0.1605"],
    [0, 20, "0.0000", "0.1611"],
    [1, 29, "0.0061", "0.1718"],
  ] as const;
  for (const [chosen, count, ...ends] of table) {
    assert.deepEqual(wilsonInterval(chosen, count).map((end) => end.toFixed(4)), ends);
  }
});

Deno.test("wilsonInterval() is 0.5 ± z / (2·sqrt(n + z²)) at one half", () => {
  // n = 4, z² = 3.841459: 1.959964 / (2·sqrt(7.841459)) = 1.959964 / 5.600521 = 0.349961
  const [low, high] = wilsonInterval(2, 4);
  assert.ok(Math.abs(low - 0.150039) < 1e-6, String(low));
  assert.ok(Math.abs(high - 0.849961) < 1e-6, String(high));
});

Deno.test("wilsonInterval() of none and all: z² / (n + z²) from the end, which is exact", () => {
  // n = 1: 3.841459 / 4.841459 = 0.793451
  const [none, most] = wilsonInterval(0, 1);
  assert.equal(none, 0);
  assert.ok(Math.abs(most - 0.793451) < 1e-6, String(most));
  const [least, all] = wilsonInterval(1, 1);
  assert.equal(all, 1);
  assert.ok(Math.abs(least - 0.206549) < 1e-6, String(least));
});

Deno.test("wilsonInterval() refuses what is no share", () => {
  for (const [chosen, count] of [[0, 0], [2, 1], [-1, 3], [0.5, 3], [1, NaN]] as const) {
    assert.throws(() => wilsonInterval(chosen, count), RangeError);
  }
});
