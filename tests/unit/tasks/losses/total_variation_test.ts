import assert from "node:assert/strict";
import { totalVariation } from "../../../../tasks/losses/total_variation.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { grayRows, lossOf, maskRows } from "./loss_inputs.ts";

// Values and gradients are compared with PyTorch in tests/oracle/losses_test.ts.

cpuTest(
  "totalVariation() counts pairs within one pixel of the hole, on the composite",
  async () => {
    const value = await lossOf(totalVariation(), {
      output: grayRows(9, 9, 9, 0.5, 9, 9, 9),
      target: grayRows(0, 1, 0, 9, 0.25, 1, 0),
      validMask: maskRows(1, 1, 1, 0, 1, 1, 1),
    });
    // By hand: pixels 2, 3 and 4 are near, with 0, 0.5 and 0.25 there: 0.5 + 0.25 of 7 pixels in each row.
    assert.ok(Math.abs(value - 0.75 / 7) < 1e-7, `${value}`);
  },
);

cpuTest("totalVariation() of an image without a hole is 0", async () => {
  const value = await lossOf(totalVariation(), {
    output: grayRows(0, 1, 0),
    target: grayRows(1, 0, 1),
    validMask: maskRows(1, 1, 1),
  });
  assert.equal(value, 0);
});

Deno.test("totalVariation() needs no features", () => {
  assert.equal(totalVariation().needsFeatures, false);
});
