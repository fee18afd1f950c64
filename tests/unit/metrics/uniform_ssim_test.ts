import assert from "node:assert/strict";
import { greyImage } from "../../../src/metrics/grey_image.ts";
import { uniformSsim } from "../../../src/metrics/uniform_ssim.ts";
import { presetCases } from "../evaluation/presets/preset_oracle.ts";

for (const { name, input, exact } of presetCases()) {
  const { result, truth, width, height } = input;
  const expected = exact["edgeconnect"]!["ssim"];
  if (expected === null) continue;

  Deno.test(`uniformSsim() with a window of 51 equals scikit-image on ${name}`, () => {
    const options = { width, height, window: 51, range: 1 };
    const difference = uniformSsim(greyImage(result), greyImage(truth), options) - expected!;
    // Measured worst: 3.9e-15.
    assert.ok(Math.abs(difference) < 7e-15, `difference ${difference}`);
  });
}

/** The definition window by window, with deviations from the mean. */
function naive(a: Float32Array, b: Float32Array, width: number, window: number, range: number) {
  const height = a.length / width;
  const [c1, c2] = [(0.01 * range) ** 2, (0.03 * range) ** 2];
  const count = window * window;
  let [sum, windows] = [0, 0];
  for (let y = 0; y + window <= height; y++) {
    for (let x = 0; x + window <= width; x++) {
      const places = Array.from(
        { length: count },
        (_, i) => (y + Math.floor(i / window)) * width + x + i % window,
      );
      const total = (term: (place: number) => number) =>
        places.reduce((all, place) => all + term(place), 0);
      const ma = total((place) => a[place]!) / count;
      const mb = total((place) => b[place]!) / count;
      const variances = total((place) => (a[place]! - ma) ** 2 + (b[place]! - mb) ** 2) /
        (count - 1);
      const covariance = total((place) => (a[place]! - ma) * (b[place]! - mb)) / (count - 1);
      sum += (2 * ma * mb + c1) * (2 * covariance + c2) /
        ((ma * ma + mb * mb + c1) * (variances + c2));
      windows++;
    }
  }
  return sum / windows;
}

Deno.test("uniformSsim() equals a loop over all windows", () => {
  const [width, height] = [9, 6];
  const a = Float32Array.from({ length: width * height }, (_, i) => ((i * i * 31) % 256) / 64);
  const b = a.map((value, i) => i % 4 === 0 ? 4 - value : value);
  for (const window of [3, 5]) {
    const got = uniformSsim(a, b, { width, height, window, range: 4 });
    const difference = got - naive(a, b, width, window, 4);
    // Measured worst: 2.2e-16.
    assert.ok(Math.abs(difference) < 4.4e-16, `difference ${difference}`);
  }
});

Deno.test("uniformSsim() refuses windows and sizes that do not fit", () => {
  const image = new Float32Array(6 * 5);
  const refuses = (options: { height: number; window: number }, message: string) =>
    assert.throws(() => uniformSsim(image, image, { width: 6, range: 1, ...options }), {
      name: "RangeError",
      message,
    });
  refuses(
    { height: 6, window: 3 },
    "Cannot compute SSIM: images have 30 and 30 pixels, must have 6x6",
  );
  refuses(
    { height: 5, window: 4 },
    "Cannot compute SSIM: window is 4, must be odd and at least 3",
  );
  refuses(
    { height: 5, window: 1 },
    "Cannot compute SSIM: window is 1, must be odd and at least 3",
  );
  refuses({ height: 5, window: 7 }, "Cannot compute SSIM: image is 6x5, must be at least 7x7");
});
