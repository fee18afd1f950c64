import assert from "node:assert/strict";
import { meanAbsoluteError } from "../../../src/metrics/mean_absolute_error.ts";
import { oracleCases } from "./metrics_oracle.ts";

for (const { name, actual, expected, holeMask, values } of oracleCases()) {
  Deno.test(`meanAbsoluteError() equals NumPy on ${name}`, () => {
    const difference = meanAbsoluteError(actual, expected) - values.l1;
    assert.ok(Math.abs(difference) < 1e-11, `difference ${difference}`);
  });

  Deno.test(`meanAbsoluteError() with a mask divides by the hole pixels only on ${name}`, () => {
    const difference = meanAbsoluteError(actual, expected, { holeMask }) - values.l1Hole;
    assert.ok(Math.abs(difference) < 1e-11, `difference ${difference}`);
  });
}

Deno.test("meanAbsoluteError() is 100 percent for black against white", () => {
  assert.equal(meanAbsoluteError(new Uint8Array(6), new Uint8Array(6).fill(255)), 100);
});

Deno.test("meanAbsoluteError() ignores the sign of a difference", () => {
  // By hand: (51 + 51 + 0) / 3 = 34 of 255 levels.
  const error = meanAbsoluteError(Uint8Array.of(51, 0, 7), Uint8Array.of(0, 51, 7));
  assert.equal(error, 100 * 34 / 255);
});
