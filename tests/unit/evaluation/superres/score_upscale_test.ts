import assert from "node:assert/strict";
import { scoreUpscale } from "../../../../src/evaluation/superres/score_upscale.ts";
import { difference, superresOracleCases } from "../../metrics/superres_oracle.ts";

for (const { name, actual, expected, width, height, values } of superresOracleCases()) {
  const { border } = values;
  Deno.test(`scoreUpscale() equals scikit-image without ${border} px of rim on ${name}`, () => {
    const pair = { width, height, result: actual, truth: expected, scale: border };
    const scores = scoreUpscale({ ...pair, isGrey: false });
    // Measured worst: 7.1e-14 of PSNR, 3.6e-15 of SSIM.
    assert.ok(difference(scores.psnrY, values.psnrY) < 1.4e-13);
    assert.ok(difference(scores.psnrRgb, values.psnrRgb) < 1.4e-13);
    assert.ok(difference(scores.ssimY, values.ssimY) < 7e-15);
    assert.ok(difference(scores.ssimRgb, values.ssimRgb) < 7e-15);
    const grey = scoreUpscale({ ...pair, isGrey: true });
    assert.ok(difference(grey.psnrY, values.psnrFull) < 1.4e-13);
    assert.ok(difference(grey.ssimY, values.ssimFull) < 7e-15);
    assert.equal(grey.psnrRgb, scores.psnrRgb);
  });
}

Deno.test("scoreUpscale() has no PSNR of equal pictures, nor of those that differ in the rim alone", () => {
  const truth = Uint8Array.from({ length: 20 * 20 * 3 }, (_, i) => i % 251);
  const result = Uint8Array.from(truth);
  // Row 1, the second of a rim of two.
  result[20 * 3 + 30] = 255 - result[20 * 3 + 30]!;
  const pair = { width: 20, height: 20, truth, result, isGrey: false };
  const inside = scoreUpscale({ ...pair, scale: 2 });
  assert.deepEqual([inside.psnrY, inside.psnrRgb], [null, null]);
  for (const ssim of [inside.ssimY!, inside.ssimRgb!]) assert.ok(Math.abs(ssim - 1) < 1e-13);
  assert.ok(scoreUpscale({ ...pair, scale: 1 }).psnrY! < 60);
});
