import assert from "node:assert/strict";
import { SSIM_WINDOW, ssimMap } from "../../../src/metrics/ssim_map.ts";
import { createRandom } from "../../../src/random.ts";

const [width, height] = [14, 12];

function noise(seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: width * height }, () => 255 * random.uniform());
}

Deno.test("ssimMap() equals the definition, window by window, in naive loops", () => {
  const [a, b] = [noise(1), noise(2)];
  const map = ssimMap(a, b, { width, range: 100 });
  assert.equal(map.length, (width - 10) * (height - 10));
  // Weights exp(-(x² + y²) / (2 · 1.5²)), divided by their sum; means, variances and covariance as defined.
  const [c1, c2] = [(0.01 * 100) ** 2, (0.03 * 100) ** 2];
  map.forEach((value, i) => {
    const [left, top] = [i % (width - 10), Math.floor(i / (width - 10))];
    let [total, ma, mb] = [0, 0, 0];
    const taps: { w: number; x: number; y: number }[] = [];
    for (let v = 0; v < SSIM_WINDOW; v++) {
      for (let u = 0; u < SSIM_WINDOW; u++) {
        const at = (top + v) * width + left + u;
        const w = Math.exp(-((u - 5) ** 2 + (v - 5) ** 2) / 4.5);
        taps.push({ w, x: a[at]!, y: b[at]! });
        total += w;
      }
    }
    for (const { w, x, y } of taps) [ma, mb] = [ma + w * x / total, mb + w * y / total];
    let [va, vb, cov] = [0, 0, 0];
    for (const { w, x, y } of taps) {
      va += w / total * (x - ma) ** 2;
      vb += w / total * (y - mb) ** 2;
      cov += w / total * (x - ma) * (y - mb);
    }
    const expected = (2 * ma * mb + c1) * (2 * cov + c2) /
      ((ma * ma + mb * mb + c1) * (va + vb + c2));
    // float64 on both sides.
    assert.ok(Math.abs(value - expected) < 1e-12, `window ${i}: ${value}, ${expected}`);
  });
});

Deno.test("ssimMap() of equal planes is exactly 1", () => {
  assert.ok(ssimMap(noise(3), noise(3), { width }).every((value) => value === 1));
});
