import assert from "node:assert/strict";
import {
  formatCount,
  formatDuration,
  formatFixed,
  formatNumber,
  formatShare,
  formatShort,
  shortExponential,
} from "../../../src/report/number_text.ts";

const NUMBERS: readonly (readonly [value: number, text: string])[] = [
  [0, "0"],
  [0.0123456, "0.01235"],
  [-4.5, "-4.5"],
  [12.3456, "12.35"],
  [999.96, "1000"],
  [1234.6, "1,235"],
  [2e-4, "2e-4"],
  [-2.346e-7, "-2.35e-7"],
  [1.5e12, "1.5e12"],
  [NaN, "NaN"],
  [-Infinity, "-Infinity"],
];
for (const [value, text] of NUMBERS) {
  Deno.test(`formatNumber() writes ${value} as ${text}`, () => {
    assert.equal(formatNumber(value), text);
  });
}

const TIMES: readonly (readonly [elapsedMs: number, text: string])[] = [
  [0, "0 ms"],
  [349.6, "350 ms"],
  [999.6, "1.0 s"],
  [4230, "4.2 s"],
  [9960, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [3_599_000, "1 h"],
  [12_000_000, "3 h 20 min"],
  [172_800_000, "2 d"],
  [190_800_000, "2 d 5 h"],
  [NaN, "NaN"],
];
for (const [elapsedMs, text] of TIMES) {
  Deno.test(`formatDuration() writes ${elapsedMs} ms as ${text}`, () => {
    assert.equal(formatDuration(elapsedMs), text);
  });
}

Deno.test("formatShort() writes steps for an axis", () => {
  assert.deepEqual(
    [0, 500, 1500, 20_000, 123_456, 1_500_000].map(formatShort),
    ["0", "500", "1.5k", "20k", "123.5k", "1.5M"],
  );
});

Deno.test("formatCount(), formatFixed(), formatShare() and shortExponential() round", () => {
  assert.equal(formatCount(1_234_567.5), "1,234,568");
  assert.equal(formatFixed(23.1, 2), "23.10");
  assert.equal(formatFixed(NaN, 2), "NaN");
  assert.deepEqual([0, 0.0321, 0.0996, 0.45, 1].map(formatShare), [
    "0 %",
    "3.2 %",
    "10 %",
    "45 %",
    "100 %",
  ]);
  assert.equal(shortExponential(1e-3), "1e-3");
});
