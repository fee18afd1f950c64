import assert from "node:assert/strict";
import { psnr } from "../../../src/metrics/psnr.ts";
import { oracleCases } from "./metrics_oracle.ts";

for (const { name, actual, expected, holeMask, values } of oracleCases()) {
  Deno.test(`psnr() equals scikit-image on ${name}`, () => {
    const difference = psnr(actual, expected) - values.psnr;
    assert.ok(Math.abs(difference) < 1e-11, `difference ${difference}`);
  });

  Deno.test(`psnr() with a mask divides by the hole pixels only on ${name}`, () => {
    const difference = psnr(actual, expected, { holeMask }) - values.psnrHole;
    assert.ok(Math.abs(difference) < 1e-11, `difference ${difference}`);
  });
}

Deno.test("psnr() is 0 for black against white", () => {
  assert.equal(psnr(new Uint8Array(6), new Uint8Array(6).fill(255)), 0);
});

Deno.test("psnr() is Infinity for equal images", () => {
  assert.equal(psnr(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 3)), Infinity);
});

Deno.test("psnr() is NaN if the mask has no hole", () => {
  const holeMask = new Uint8Array(1);
  assert.ok(Number.isNaN(psnr(new Uint8Array(3), new Uint8Array(3), { holeMask })));
});
