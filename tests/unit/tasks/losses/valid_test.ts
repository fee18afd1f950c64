import assert from "node:assert/strict";
import { valid } from "../../../../tasks/losses/valid.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { grayRows, lossOf, maskRows } from "./loss_inputs.ts";

// Values and gradients are compared with PyTorch in tests/oracle/losses_test.ts.

cpuTest("valid() divides the error on known pixels by all elements of the image", async () => {
  const value = await lossOf(valid(), {
    output: grayRows(1, 0.25, 0.5, 0.5),
    target: grayRows(0, 0, 0, 0),
    validMask: maskRows(0, 1, 0, 1),
  });
  // By hand: (0.25 + 0.5) of 4 pixels in each row, all channels alike.
  assert.equal(value, 0.1875);
});

cpuTest("valid() of an image that is all hole is 0", async () => {
  const value = await lossOf(valid(), {
    output: grayRows(1, 1),
    target: grayRows(0, 0),
    validMask: maskRows(0, 0),
  });
  assert.equal(value, 0);
});

Deno.test("valid() needs no features", () => {
  assert.equal(valid().needsFeatures, false);
});
