import assert from "node:assert/strict";
import { scoreResult } from "../../../src/evaluation/score_result.ts";
import { oracleCases } from "../metrics/metrics_oracle.ts";

Deno.test("scoreResult() gives the three views by arithmetic", () => {
  // Two pixels, one of them hole. The hole is off by 10, 20 and 30; raw is off by 51 in red of the known pixel besides.
  const truth = Uint8Array.of(100, 100, 100, 100, 100, 100);
  const composite = Uint8Array.of(100, 100, 100, 110, 120, 130);
  const raw = Uint8Array.of(151, 100, 100, 110, 120, 130);
  const holeMask = Uint8Array.of(0, 1);
  const scores = scoreResult({ width: 2, height: 1, truth, composite, raw, holeMask });
  const decibels = (meanSquare: number) => 10 * Math.log10(255 ** 2 / meanSquare);
  // Squares 100 + 400 + 900 = 1400 over 3 or 6 values; 51² = 2601 more for raw.
  assert.deepEqual(scores, {
    composite: { l1Percent: 100 * 10 / 255, psnr: decibels(1400 / 6), ssim: null },
    hole: { l1Percent: 100 * 20 / 255, psnr: decibels(1400 / 3), ssim: null },
    raw: { l1Percent: 100 * 18.5 / 255, psnr: decibels(4001 / 6), ssim: null },
  });
});

Deno.test("scoreResult() has no PSNR for a composite that equals the truth, and no raw without one", () => {
  const truth = Uint8Array.from({ length: 12 * 11 * 3 }, (_, i) => i % 256);
  const holeMask = new Uint8Array(12 * 11).fill(1, 30, 90);
  const scores = scoreResult({ width: 12, height: 11, truth, composite: truth, holeMask });
  assert.deepEqual(scores, {
    composite: { l1Percent: 0, psnr: null, ssim: 1 },
    hole: { l1Percent: 0, psnr: null, ssim: 1 },
  });
});

Deno.test("scoreResult() gives what scikit-image gives, whole and in the hole", () => {
  for (const { name, width, height, actual, expected, holeMask, values } of oracleCases()) {
    // The cases of the oracle differ everywhere, so that everything is hole for the check of known pixels.
    const all = new Uint8Array(width * height).fill(1);
    const { composite } = scoreResult({
      ...{ width, height, truth: expected, composite: actual, holeMask: all },
    });
    // float64 on both sides; see tests/unit/metrics for the bounds.
    assert.ok(Math.abs(composite.ssim! - values.ssim) < 1e-12, name);
    assert.ok(Math.abs(composite.psnr! - values.psnr) < 1e-10, name);
    const kept = Uint8Array.from(expected, (v, i) => holeMask[Math.floor(i / 3)] ? actual[i]! : v);
    const { hole } = scoreResult({ width, height, truth: expected, composite: kept, holeMask });
    assert.ok(Math.abs(hole.psnr! - values.psnrHole) < 1e-10, name);
  }
});

Deno.test("scoreResult() refuses a composite that changed a known pixel", () => {
  const truth = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const options = { width: 2, height: 1, truth, holeMask: Uint8Array.of(0, 1) };
  assert.throws(
    () => scoreResult({ ...options, composite: Uint8Array.of(1, 2, 9, 4, 5, 6) }),
    { message: "Cannot score composite: known pixel 0 is 9, must be 3" },
  );
});
