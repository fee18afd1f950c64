import assert from "node:assert/strict";
import type { EvalPreset } from "../../../../src/evaluation/presets/preset.ts";
import { presetCells } from "../../../../src/evaluation/presets/preset_cells.ts";
import type { PresetRow } from "../../../../src/evaluation/presets/summarise_preset.ts";

const PRESET: EvalPreset = {
  name: "test",
  definition: ["First.", "Second."],
  scores: [
    { name: "a", label: "PSNR", unit: "dB", digits: 2, isHigherBetter: true, how: "mean" },
    { name: "b", label: "MAE", unit: "", digits: 4, isHigherBetter: false, how: "mean" },
  ],
  measure: () => ({}),
};

const ROW: PresetRow = {
  method: "pconv",
  dilate: 0,
  bin: "0-10%",
  pairs: 3,
  scores: {
    a: { value: 25.126, deviation: 1.5, count: 2 },
    b: { value: 0.0123, deviation: null, count: 3 },
  },
};

Deno.test("presetCells() writes means with deviations, and says where pairs have no value", () => {
  const { name, head, rows, definition } = presetCells(PRESET, [
    ROW,
    { ...ROW, method: "telea", bin: "total", scores: {} },
  ]);
  assert.equal(name, "test");
  assert.deepEqual(head, ["Method", "Hole", "Pairs", "PSNR (dB) ↑", "MAE ↓"]);
  assert.deepEqual(rows, [
    ["pconv", "0-10%", "3", "25.13 ± 1.50 (n = 2)", "0.0123"],
    ["telea", "total", "3", "-", "-"],
  ]);
  assert.deepEqual(definition, ["First.", "Second."]);
});

Deno.test("presetCells() shows by how much holes were grown, if they were", () => {
  const { head, rows } = presetCells(PRESET, [ROW, { ...ROW, dilate: 8 }]);
  assert.deepEqual(head.slice(0, 3), ["Method", "Dilation", "Hole"]);
  assert.deepEqual(rows.map((row) => row[1]), ["0 px", "8 px"]);
});
