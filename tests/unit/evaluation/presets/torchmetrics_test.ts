import assert from "node:assert/strict";
import { TORCHMETRICS_PRESET } from "../../../../src/evaluation/presets/torchmetrics.ts";
import { POOLED, presetCases, worstDifference } from "./preset_oracle.ts";

for (const { name, input, exact, asThere } of presetCases()) {
  Deno.test(`the preset "torchmetrics" equals its definition of SSIM on ${name}`, () => {
    const scores = TORCHMETRICS_PRESET.measure(input);
    // Measured worst: 3.1e-15.
    assert.ok(worstDifference(scores, exact["torchmetrics"]!) < 6e-15);
    // Measured worst of float32: 1.9e-6.
    assert.ok(worstDifference(scores, asThere["torchmetrics"]!) < 3.8e-6);
  });
}

for (const [name, from, to] of [["all", 0, 8], ["secondAndThird", 1, 3]] as const) {
  Deno.test(`pool() of the preset torchmetrics equals one state over the pairs "${name}"`, () => {
    const parts = presetCases().slice(from, to).map(({ input }) =>
      TORCHMETRICS_PRESET.measure(input)
    );
    const pooled = TORCHMETRICS_PRESET.pool!(parts);
    // Measured worst: 3.6e-15 dB, and 2.1e-6 dB of float32.
    assert.ok(worstDifference(pooled, POOLED[name].exact) < 7e-15);
    assert.ok(worstDifference(pooled, POOLED[name].asThere) < 4.2e-6);
  });
}

Deno.test("pool() of the preset torchmetrics takes one logarithm, of all values", () => {
  const measure = (truth: number[], result: number[]) =>
    TORCHMETRICS_PRESET.measure({
      truth: Uint8Array.from(truth),
      result: Uint8Array.from(result),
      holeMask: new Uint8Array(truth.length / 3).fill(1),
      width: truth.length / 3,
      height: 1,
    });
  // Squares 300 over 3 values and 0 over 6: MSE 300 / 9; the truths reach from 100 to 200, the state from 0.
  const parts = [
    measure([100, 100, 100], [110, 110, 110]),
    measure([200, 200, 200, 200, 200, 200], [200, 200, 200, 200, 200, 200]),
  ];
  assert.deepEqual(TORCHMETRICS_PRESET.pool!(parts), {
    psnr: 10 * Math.log10(255 ** 2 / (300 / 9)),
    psnrInferred: 10 * Math.log10(200 ** 2 / (300 / 9)),
  });
});

Deno.test("the preset torchmetrics has no PSNR without error and no SSIM of flat images", () => {
  const flat = new Uint8Array(12 * 12 * 3).fill(7);
  const holeMask = new Uint8Array(12 * 12);
  const measured = TORCHMETRICS_PRESET.measure({
    result: flat,
    truth: flat,
    holeMask,
    width: 12,
    height: 12,
  });
  assert.deepEqual(measured, {
    ssim: null,
    ssimInner: null,
    squaredError: 0,
    count: 432,
    brightest: 7,
  });
  assert.deepEqual(TORCHMETRICS_PRESET.pool!([measured]), { psnr: null, psnrInferred: null });
});

Deno.test("the preset torchmetrics refuses a mask of another size", () => {
  const image = new Uint8Array(12);
  const input = { result: image, truth: image, holeMask: new Uint8Array(3), width: 2, height: 2 };
  assert.throws(() => TORCHMETRICS_PRESET.measure(input), RangeError);
});
