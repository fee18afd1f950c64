import assert from "node:assert/strict";
import { LAMA_PRESET } from "../../../../src/evaluation/presets/lama.ts";
import { LAMA_BINS, presetCases, worstDifference } from "./preset_oracle.ts";

for (const { name, input, exact, asThere } of presetCases()) {
  Deno.test(`the preset "lama" equals its definition on ${name}`, () => {
    const scores = LAMA_PRESET.measure(input);
    // Measured worst: 1.4e-15.
    assert.ok(worstDifference(scores, exact["lama"]!) < 2.8e-15);
    // Measured worst of LaMa's float32: 3.3e-7.
    assert.ok(worstDifference(scores, asThere["lama"]!) < 6e-7);
  });
}

Deno.test("binOf() of the preset lama finds NumPy's class for every share", () => {
  for (const [holes, pixels, label] of LAMA_BINS) {
    const holeMask = new Uint8Array(pixels).fill(1, 0, holes);
    assert.equal(LAMA_PRESET.binOf!(holeMask), label, `${holes} of ${pixels}`);
  }
});

Deno.test("the preset lama refuses images of two sizes", () => {
  const [truth, holeMask] = [new Uint8Array(12), new Uint8Array(4)];
  const input = { result: new Uint8Array(9), truth, holeMask, width: 2, height: 2 };
  assert.throws(() => LAMA_PRESET.measure(input), RangeError);
});

Deno.test("the preset lama says that FID is left out, and why", () => {
  const text = LAMA_PRESET.definition.join(" ");
  assert.match(text, /FID .* left out/);
  assert.match(text, /singular/);
});
