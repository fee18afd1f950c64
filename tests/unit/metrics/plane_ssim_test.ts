import assert from "node:assert/strict";
import { lumaY } from "../../../src/metrics/luma_y.ts";
import { planeSsim } from "../../../src/metrics/plane_ssim.ts";
import { difference, superresOracleCases } from "./superres_oracle.ts";

for (const { name, shavedActual, shavedExpected, values } of superresOracleCases()) {
  if (values.ssimY === null) continue;
  Deno.test(`planeSsim() of Y without its rim equals scikit-image on ${name}`, () => {
    for (const [range, wanted] of [["studio", values.ssimY], ["full", values.ssimFull]] as const) {
      const [a, b] = [shavedActual, shavedExpected].map(({ rgb255 }) => lumaY(rgb255, range));
      // Measured worst: 3.6e-15.
      assert.ok(difference(planeSsim(a!, b!, shavedActual), wanted) < 7e-15, range);
    }
  });
}

Deno.test("planeSsim() is 1 for equal planes", () => {
  const plane = Float64Array.from({ length: 12 * 13 }, (_, i) => i * i % 101 + 0.25);
  assert.ok(Math.abs(planeSsim(plane, plane, { width: 12, height: 13 }) - 1) < 1e-13);
});

Deno.test("planeSsim() refuses planes below a window, and sizes that do not fit", () => {
  const plane = new Float64Array(10 * 20);
  assert.throws(() => planeSsim(plane, plane, { width: 10, height: 20 }), {
    name: "RangeError",
    message: "Cannot compute SSIM: plane is 10x20, must be at least 11x11",
  });
  assert.throws(() => planeSsim(plane, plane, { width: 11, height: 20 }), {
    name: "RangeError",
    message: "Cannot compute SSIM: planes have 200 and 200 values, must have 11x20",
  });
});
