import assert from "node:assert/strict";
import { formatDuration, formatRate } from "../../../src/cli/duration.ts";

Deno.test("formatDuration() uses the two largest units", () => {
  const cases: readonly (readonly [number, string])[] = [
    [-5, "0.0 s"],
    [420, "0.4 s"],
    [9_949, "9.9 s"],
    [9_950, "10 s"],
    [42_000, "42 s"],
    [59_499, "59 s"],
    [59_500, "1 min 00 s"],
    [419_000, "6 min 59 s"],
    [3_599_499, "59 min 59 s"],
    [3_599_500, "1 h 00 min"],
    [3_780_000, "1 h 03 min"],
    [86_369_000, "23 h 59 min"],
    [86_399_000, "1 d 00 h"],
    [187_200_000, "2 d 04 h"],
  ];
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text, String(ms));
});

Deno.test("formatRate() uses the shortest time in which at least one is done", () => {
  const cases: readonly (readonly [number, string])[] = [
    [23.4, "23 steps/s"],
    [9.96, "10 steps/s"],
    [2.12, "2.1 steps/s"],
    [0.5, "30 steps/min"],
    [4.3 / 60, "4.3 steps/min"],
    [2 / 3600, "2.0 steps/h"],
    [0, "0.0 steps/h"],
  ];
  for (const [perSecond, text] of cases) assert.equal(formatRate(perSecond, "steps"), text);
});
