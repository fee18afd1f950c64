import assert from "node:assert/strict";
import { lumaY } from "../../../src/metrics/luma_y.ts";
import { superresOracleCases } from "./superres_oracle.ts";

for (const { name, shavedActual, values } of superresOracleCases()) {
  Deno.test(`lumaY() equals scikit-image's rgb2ycbcr on ${name}`, () => {
    const y = lumaY(shavedActual.rgb255);
    // Measured worst: 3.5e-10 of the sum, 1.4e-14 of a value.
    const sum = y.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - values.lumaSum) < 7e-10, `sum ${sum}`);
    assert.ok(Math.abs(y[7]! - values.lumaAt7) < 2.8e-14, `value ${y[7]}`);
  });
}

Deno.test("lumaY() goes from 16 to 235, in full range from 0 to 255, and is not rounded", () => {
  const pixels = Uint8Array.of(0, 0, 0, 255, 255, 255, 100, 100, 100, 1, 0, 0);
  const [black, white, grey, red] = lumaY(pixels);
  assert.deepEqual([black, white], [16, 235]);
  // 16 + 219 · 100 / 255
  assert.ok(Math.abs(grey! - 101.88235294117646) < 1e-12);
  assert.ok(Math.abs(red! - (16 + 65.481 / 255)) < 1e-12);
  const full = lumaY(pixels, "full");
  for (const [i, level] of [0, 255, 100].entries()) assert.ok(Math.abs(full[i]! - level) < 1e-12);
  assert.ok(Math.abs(full[3]! - 0.299) < 1e-12);
});

Deno.test("lumaY() refuses what is no list of pixels", () => {
  assert.throws(() => lumaY(new Uint8Array(4)), {
    name: "RangeError",
    message: "Cannot compute luma: length is 4, must be a multiple of 3",
  });
});
