import assert from "node:assert/strict";
import { holeLogMse } from "../../../../tasks/losses/hole_log_mse.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { grayRows, lossOf, maskRows } from "./loss_inputs.ts";

// Values and gradients are compared with PyTorch in tests/oracle/losses_test.ts.

cpuTest("holeLogMse() is the logarithm of the mean square over the hole's own pixels", async () => {
  const value = await lossOf(holeLogMse(), {
    output: grayRows(9, 0.5, 0.75, 9),
    target: grayRows(0, 0, 0.25, 0),
    validMask: maskRows(1, 0, 0, 1),
  });
  // By hand: both errors are 0.5.
  assert.ok(Math.abs(value - Math.log(0.25 + 1e-4)) < 1e-6, `${value}`);
});

cpuTest("holeLogMse() counts every image the same, whatever its hole", async () => {
  const value = await lossOf(holeLogMse(), {
    // One image with a hole of one pixel and one with a hole of four, errors 0.1 and 0.5.
    output: { shape: [2, 2, 2, 3], data: new Array(12).fill(0.1).concat(new Array(12).fill(0.5)) },
    target: { shape: [2, 2, 2, 3], data: new Array(24).fill(0) },
    validMask: { shape: [2, 2, 2, 1], data: [0, 1, 1, 1, 0, 0, 0, 0] },
  });
  const expected = (Math.log(0.01 + 1e-4) + Math.log(0.25 + 1e-4)) / 2;
  assert.ok(Math.abs(value - expected) < 1e-5, `${value}`);
});

cpuTest("holeLogMse() of an image without a hole is at its floor", async () => {
  const value = await lossOf(holeLogMse(), {
    output: grayRows(1, 1),
    target: grayRows(0, 0),
    validMask: maskRows(1, 1),
  });
  assert.ok(Math.abs(value - Math.log(1e-4)) < 1e-5, `${value}`);
});

Deno.test("holeLogMse() needs no features", () => {
  assert.equal(holeLogMse().needsFeatures, false);
});
