import assert from "node:assert/strict";
import { gaussianSsim } from "../../../src/metrics/gaussian_ssim.ts";
import { ssim } from "../../../src/metrics/ssim.ts";
import { presetCases } from "../evaluation/presets/preset_oracle.ts";
import { oracleCases } from "./metrics_oracle.ts";

// Measured worst difference to torch in float64 over the fixture: 1.4e-15.
const TOLERANCE = 2.8e-15;

for (const { name, input, exact } of presetCases()) {
  const { result, truth, width, height } = input;

  Deno.test(`gaussianSsim() with zeros outside equals torch on ${name}`, () => {
    const { whole } = gaussianSsim(result, truth, { width, height, padding: "zero" });
    assert.ok(Math.abs(whole - exact["lama"]!["ssim"]!) < TOLERANCE, `got ${whole}`);
  });
}

/** The definition window by window, 121 taps each. */
function naive(a: Uint8Array, b: Uint8Array, width: number, height: number, mirrors: boolean) {
  const weight = (x: number, y: number) => Math.exp(-(x * x + y * y) / 4.5);
  const at = (image: Uint8Array, x: number, y: number, c: number): number => {
    const inside = x >= 0 && y >= 0 && x < width && y < height;
    if (!inside && !mirrors) return 0;
    const mx = x < 0 ? -x : x >= width ? 2 * (width - 1) - x : x;
    const my = y < 0 ? -y : y >= height ? 2 * (height - 1) - y : y;
    return image[3 * (my * width + mx) + c]!;
  };
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    let [total, ma, mb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
    for (let dy = -5; dy <= 5; dy++) {
      for (let dx = -5; dx <= 5; dx++) {
        const [w, va, vb] = [weight(dx, dy), at(a, x + dx, y + dy, c), at(b, x + dx, y + dy, c)];
        total += w;
        ma += w * va;
        mb += w * vb;
        aa += w * va * va;
        bb += w * vb * vb;
        ab += w * va * vb;
      }
    }
    [ma, mb, aa, bb, ab] = [ma / total, mb / total, aa / total, bb / total, ab / total];
    const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
    sum += (2 * ma * mb + c1) * (2 * (ab - ma * mb) + c2) /
      ((ma * ma + mb * mb + c1) * (aa - ma * ma + bb - mb * mb + c2));
  }
  return sum / a.length;
}

for (const padding of ["zero", "reflect"] as const) {
  Deno.test(`gaussianSsim() equals a loop over all taps with padding "${padding}"`, () => {
    const [width, height] = [9, 7];
    const a = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * i * 31) % 256);
    const b = a.map((value, i) => i % 4 === 0 ? 255 - value : value);
    const { whole, inner } = gaussianSsim(a, b, { width, height, padding });
    const expected = naive(a, b, width, height, padding === "reflect");
    // Measured: 3.9e-16 and less.
    assert.ok(Math.abs(whole - expected) < 7.5e-16, `difference ${whole - expected}`);
    assert.ok(Number.isNaN(inner));
  });
}

Deno.test("gaussianSsim() gives ssim() for the windows within the image", () => {
  const { actual, expected, width, height } = oracleCases()[2]!;
  for (const padding of ["zero", "reflect"] as const) {
    const { inner } = gaussianSsim(actual, expected, { width, height, padding });
    const difference = inner - ssim(actual, expected, { width, height });
    assert.ok(Math.abs(difference) < TOLERANCE, `difference ${difference}`);
  }
});

Deno.test("gaussianSsim() takes the range that is given", () => {
  // With levels and range doubled every product of the formula grows fourfold: the value stays.
  const a = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (i * 37) % 64);
  const b = a.map((value, i) => value + 15 * (i % 5));
  const options = { width: 8, height: 8, padding: "reflect" } as const;
  const half = gaussianSsim(a, b, { ...options, range: 100 }).whole;
  const doubled = (image: Uint8Array) => image.map((value) => 2 * value);
  const full = gaussianSsim(doubled(a), doubled(b), { ...options, range: 200 }).whole;
  assert.ok(Math.abs(half - full) < TOLERANCE, `${half} and ${full}`);
  assert.ok(gaussianSsim(a, b, options).whole - half > 0.001);
});

Deno.test("gaussianSsim() refuses sizes that do not fit and images too small to mirror", () => {
  const image = new Uint8Array(6 * 5 * 3);
  assert.throws(() => gaussianSsim(image, image, { width: 6, height: 6, padding: "zero" }), {
    name: "RangeError",
    message: "Cannot compute SSIM: image has 30 pixels, must have 6x6",
  });
  assert.throws(() => gaussianSsim(image, image, { width: 6, height: 5, padding: "reflect" }), {
    name: "RangeError",
    message: "Cannot mirror the rim for SSIM: image is 6x5, must be at least 6x6",
  });
  assert.throws(
    () => gaussianSsim(image, image.subarray(3), { width: 6, height: 5, padding: "zero" }),
    { name: "RangeError", message: /^Cannot compare images: lengths are 90 and 87/ },
  );
});
