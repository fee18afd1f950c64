import assert from "node:assert/strict";
import type { EvalPreset } from "../../../../src/evaluation/presets/preset.ts";
import {
  type PresetRecord,
  summarisePreset,
} from "../../../../src/evaluation/presets/summarise_preset.ts";

/** One score of each kind: the pooled one is the sum of the parts "x". */
const PRESET: EvalPreset = {
  name: "test",
  definition: [],
  scores: [
    { name: "a", label: "A", unit: "", digits: 2, isHigherBetter: true, how: "mean" },
    { name: "b", label: "B", unit: "", digits: 2, isHigherBetter: true, how: "pooled" },
  ],
  measure: () => ({}),
  pool: (parts) => ({ b: parts.reduce((sum, { x }) => sum + (x ?? 0), 0) }),
};

function record(method: string, bin: string, a: number | null, dilate = 0): PresetRecord {
  return { method, dilate, bin, values: { a, x: 10 } };
}

Deno.test("summarisePreset() gives mean, sample deviation and number, and pools by row", () => {
  const records = [record("m", "0-10%", 1), record("m", "0-10%", 3), record("m", "10-20%", 8)];
  const rows = summarisePreset(PRESET, records);
  assert.deepEqual(rows.map(({ bin, pairs }) => [bin, pairs]), [
    ["0-10%", 2],
    ["10-20%", 1],
    ["total", 3],
  ]);
  // Of 1 and 3: mean 2, squares 1 + 1 over 2 - 1. Of 1, 3, 8: mean 4, squares 9 + 1 + 16 over 2.
  assert.deepEqual(rows.map(({ scores }) => scores["a"]), [
    { value: 2, deviation: Math.sqrt(2), count: 2 },
    { value: 8, deviation: null, count: 1 },
    { value: 4, deviation: Math.sqrt(13), count: 3 },
  ]);
  assert.deepEqual(rows.map(({ scores }) => scores["b"]), [
    { value: 20, deviation: null, count: 2 },
    { value: 10, deviation: null, count: 1 },
    { value: 30, deviation: null, count: 3 },
  ]);
});

Deno.test("summarisePreset() leaves pairs without a value out of the mean, not out of the row", () => {
  const rows = summarisePreset(PRESET, [record("m", "x", null), record("m", "x", 5)]);
  assert.equal(rows[0]!.pairs, 2);
  assert.deepEqual(rows[0]!.scores["a"], { value: 5, deviation: null, count: 1 });
  const [none] = summarisePreset(PRESET, [record("m", "x", null)]);
  assert.deepEqual(none!.scores["a"], { value: null, deviation: null, count: 0 });
});

Deno.test("summarisePreset() orders by dilation, class and first appearance of the method", () => {
  const records = [
    record("z", "(0.1, 0.2]", 1, 3),
    record("a", "(0.01, 0.1]", 1),
    record("z", "(0.6, 1]", 1),
    record("z", "(0.01, 0.1]", 1),
    record("z", "[0, 0.01]", 1),
    record("z", "unknown", 1),
  ];
  const rows = summarisePreset(PRESET, records);
  assert.deepEqual(rows.map(({ dilate, bin, method }) => `${dilate} ${bin} ${method}`), [
    "0 [0, 0.01] z",
    "0 (0.01, 0.1] z",
    "0 (0.01, 0.1] a",
    "0 (0.6, 1] z",
    "0 unknown z",
    "0 total z",
    "0 total a",
    "3 (0.1, 0.2] z",
    "3 total z",
  ]);
});

Deno.test("summarisePreset() gives no row for no record", () => {
  assert.deepEqual(summarisePreset(PRESET, []), []);
});
