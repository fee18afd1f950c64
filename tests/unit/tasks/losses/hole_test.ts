import assert from "node:assert/strict";
import { hole } from "../../../../tasks/losses/hole.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { grayRows, lossOf, maskRows } from "./loss_inputs.ts";

// Values and gradients are compared with PyTorch in tests/oracle/losses_test.ts.

cpuTest("hole() divides the error in the hole by all elements of the image", async () => {
  const value = await lossOf(hole(), {
    output: grayRows(1, 1, 0.5, 0),
    target: grayRows(0, 0, 0, 0),
    validMask: maskRows(0, 1, 0, 1),
  });
  // By hand: (1 + 0.5) of 4 pixels in each row, all channels alike.
  assert.equal(value, 0.375);
});

cpuTest("hole() of an image without a hole is 0", async () => {
  const value = await lossOf(hole(), {
    output: grayRows(1, 1),
    target: grayRows(0, 0),
    validMask: maskRows(1, 1),
  });
  assert.equal(value, 0);
});

Deno.test("hole() needs no features", () => {
  assert.equal(hole().needsFeatures, false);
});
