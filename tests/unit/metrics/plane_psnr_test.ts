import assert from "node:assert/strict";
import { lumaY } from "../../../src/metrics/luma_y.ts";
import { planePsnr } from "../../../src/metrics/plane_psnr.ts";
import { difference, superresOracleCases } from "./superres_oracle.ts";

for (const { name, shavedActual, shavedExpected, values } of superresOracleCases()) {
  Deno.test(`planePsnr() of Y without its rim equals scikit-image on ${name}`, () => {
    for (const [range, wanted] of [["studio", values.psnrY], ["full", values.psnrFull]] as const) {
      const [a, b] = [shavedActual, shavedExpected].map(({ rgb255 }) => lumaY(rgb255, range));
      // Measured worst: 7.1e-14.
      assert.ok(difference(planePsnr(a!, b!), wanted) < 1.4e-13, range);
    }
  });
}

Deno.test("planePsnr() is endless for equal planes and refuses other lengths", () => {
  const plane = Float64Array.of(1, 2.5, 3);
  assert.equal(planePsnr(plane, plane), Infinity);
  // MSE 4: 10 · log10(65025 / 4)
  assert.ok(Math.abs(planePsnr(plane, plane.map((x) => x + 2)) - 42.1102036954) < 1e-8);
  for (const other of [Float64Array.of(1, 2), new Float64Array()]) {
    assert.throws(() => planePsnr(other, other.length === 0 ? other : plane), {
      name: "RangeError",
      message: /^Cannot compare planes of \d and \d values, must be equally many$/,
    });
  }
});
