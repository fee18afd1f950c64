import assert from "node:assert/strict";
import { MMAGIC_PRESET } from "../../../../src/evaluation/presets/mmagic.ts";
import { presetCases, worstDifference } from "./preset_oracle.ts";

for (const { name, input, exact, asThere } of presetCases()) {
  Deno.test(`the preset "mmagic" equals its definition on ${name}`, () => {
    const scores = MMAGIC_PRESET.measure(input);
    // Measured worst, MAE, which the oracle sums in fractions of 255: 5.4e-14 percent.
    assert.ok(worstDifference(scores, exact["mmagic"]!) < 1e-13);
    // Measured worst, SSIM of OpenCV's float32: 2.9e-6.
    assert.ok(worstDifference(scores, asThere["mmagic"]!) < 5.7e-6);
  });
}

Deno.test("the preset mmagic counts hole pixels alone in MAE", () => {
  // One hole pixel of two, off by 51 levels in one of three channels: 100 · 51 / 255 / 3.
  const result = Uint8Array.of(0, 0, 0, 151, 100, 100);
  const truth = Uint8Array.of(0, 0, 0, 100, 100, 100);
  const input = { result, truth, holeMask: Uint8Array.of(0, 1), width: 2, height: 1 };
  const { mae, ssim } = MMAGIC_PRESET.measure(input);
  assert.equal(mae, 20 / 3);
  assert.equal(ssim, null);
});

Deno.test("the preset mmagic refuses a mask of another size", () => {
  const image = new Uint8Array(12);
  const input = { result: image, truth: image, holeMask: new Uint8Array(3), width: 2, height: 2 };
  assert.throws(() => MMAGIC_PRESET.measure(input), {
    name: "RangeError",
    message: "Cannot compare images: mask has 3 pixels, must have 4",
  });
});
