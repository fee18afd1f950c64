import assert from "node:assert/strict";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { ssim } from "../../../src/metrics/ssim.ts";
import { ORACLE_META, oracleCases } from "./metrics_oracle.ts";

// Measured worst difference to scikit-image over the fixture: 5.4e-15.
const TOLERANCE = 1e-11;

Deno.test("the fixture of the metrics belongs to its generator", async () => {
  const generator = new URL("../../oracle/generate/ssim.py", import.meta.url);
  assert.equal(
    await sha256(await Deno.readFile(generator)),
    ORACLE_META.generatorSha256,
    `run ${ORACLE_META.command}`,
  );
});

for (const { name, actual, expected, width, height, holeMask, values } of oracleCases()) {
  Deno.test(`ssim() equals scikit-image on ${name}`, () => {
    const difference = ssim(actual, expected, { width, height }) - values.ssim;
    assert.ok(Math.abs(difference) < TOLERANCE, `difference ${difference}`);
  });

  Deno.test(`ssim() with a mask averages the windows centred in the hole on ${name}`, () => {
    const difference = ssim(actual, expected, { width, height, holeMask }) - values.ssimHole;
    assert.ok(Math.abs(difference) < TOLERANCE, `difference ${difference}`);
  });
}

Deno.test("ssim() is 1 for equal images", () => {
  const { expected, width, height } = oracleCases()[2]!;
  assert.ok(Math.abs(ssim(expected, expected, { width, height }) - 1) < 1e-15);
});

Deno.test("ssim() is NaN if no window is centred in the hole", () => {
  const image = new Uint8Array(12 * 12 * 3);
  const holeMask = new Uint8Array(12 * 12);
  holeMask[0] = 1;
  assert.ok(Number.isNaN(ssim(image, image, { width: 12, height: 12, holeMask })));
});

Deno.test("ssim() refuses images smaller than a window", () => {
  const image = new Uint8Array(10 * 20 * 3);
  assert.throws(() => ssim(image, image, { width: 10, height: 20 }), {
    name: "RangeError",
    message: "Cannot compute SSIM: image is 10x20, must be at least 11x11",
  });
});

Deno.test("ssim() refuses a size that does not fit the image", () => {
  const image = new Uint8Array(12 * 12 * 3);
  assert.throws(() => ssim(image, image, { width: 12, height: 13 }), {
    name: "RangeError",
    message: "Cannot compute SSIM: image has 144 pixels, must have 12x13",
  });
});
