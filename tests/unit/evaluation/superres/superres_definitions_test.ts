import assert from "node:assert/strict";
import { SUPERRES_DEFINITIONS } from "../../../../src/evaluation/superres/superres_definitions.ts";

Deno.test("the definitions say what decides a figure of super-resolution", () => {
  const text = SUPERRES_DEFINITIONS.join("\n");
  for (
    const word of [
      ...["multiple of the scale K", "imresize", "rounded to 8 bits", "K pixels at every side"],
      ...["16 + (65.481 R + 128.553 G + 24.966 B) / 255", "not rounded", "left out of the mean"],
      ...["Gaussian window of 11 taps", "bicubic", "1000 resamples", "6 images or more"],
    ]
  ) {
    assert.ok(text.includes(word), word);
  }
});

Deno.test("the grey rule of the definitions is what 219 levels in 255 make of PSNR", () => {
  // 20 · log10(255 / 219) dB, the difference that the text names.
  assert.equal((20 * Math.log10(255 / 219)).toFixed(2), "1.32");
});
