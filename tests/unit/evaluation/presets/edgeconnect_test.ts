import assert from "node:assert/strict";
import { EDGECONNECT_PRESET } from "../../../../src/evaluation/presets/edgeconnect.ts";
import { presetCases, worstDifference } from "./preset_oracle.ts";

for (const { name, input, exact, asThere } of presetCases()) {
  Deno.test(`the preset "edgeconnect" equals its definition on ${name}`, () => {
    const scores = EDGECONNECT_PRESET.measure(input);
    // Measured worst: 3.9e-15.
    assert.ok(worstDifference(scores, exact["edgeconnect"]!) < 7e-15);
    // Measured worst, PSNR with the script's float32: 1.2e-7 dB.
    assert.ok(worstDifference(scores, asThere["edgeconnect"]!) < 2.4e-7);
  });
}

Deno.test("the preset edgeconnect has no MAE for two black images", () => {
  const black = new Uint8Array(3);
  const holeMask = Uint8Array.of(1);
  const input = { result: black, truth: black, holeMask, width: 1, height: 1 };
  assert.deepEqual(EDGECONNECT_PRESET.measure(input), { psnr: null, ssim: null, mae: null });
});

Deno.test("the preset edgeconnect weighs an error by the brightness of both images", () => {
  // Grey 51 / 255 against 102 / 255: |a - b| / (a + b) = 51 / 153.
  const [result, truth] = [new Uint8Array(3).fill(51), new Uint8Array(3).fill(102)];
  const holeMask = Uint8Array.of(1);
  const { mae } = EDGECONNECT_PRESET.measure({ result, truth, holeMask, width: 1, height: 1 });
  assert.equal(mae, 1 / 3);
});

Deno.test("the preset edgeconnect refuses a mask of another size", () => {
  const image = new Uint8Array(12);
  const input = { result: image, truth: image, holeMask: new Uint8Array(3), width: 2, height: 2 };
  assert.throws(() => EDGECONNECT_PRESET.measure(input), {
    name: "RangeError",
    message: "Cannot compare images: mask has 3 pixels, must have 4",
  });
});
