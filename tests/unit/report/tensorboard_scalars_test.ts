import assert from "node:assert/strict";
import { logScalars, validationScalars } from "../../../src/report/tensorboard_scalars.ts";

const LINE = {
  step: 50,
  total: 2,
  parts: { hole: 0.25, valid: 0.5 },
  learningRate: 2e-4,
  held: [],
  stepMs: 900,
};

Deno.test("logScalars() tags the parts of the loss as a group", () => {
  assert.deepEqual(logScalars({ ...LINE, waitShare: 0.1 }), {
    "total": 2,
    "loss/hole": 0.25,
    "loss/valid": 0.5,
    "learning_rate": 2e-4,
    "step_ms": 900,
    "wait_share": 0.1,
  });
});

Deno.test("logScalars() leaves out what old logs lack", () => {
  assert.equal("wait_share" in logScalars(LINE), false);
});

Deno.test("validationScalars() tags all images and each range", () => {
  const scores = { count: 4, l1Percent: 1, psnr: 20, ssim: 0.5, holePsnr: 15 };
  const bins = [{ bin: "(0.01, 0.1]", ...scores, psnr: 30 }];
  const scalars = validationScalars({ step: 500, ...scores, bins, elapsedMs: 1 });
  assert.deepEqual(scalars, {
    "validation/l1_percent": 1,
    "validation/psnr": 20,
    "validation/ssim": 0.5,
    "validation/hole_psnr": 15,
    "validation/l1_percent/(0.01, 0.1]": 1,
    "validation/psnr/(0.01, 0.1]": 30,
    "validation/ssim/(0.01, 0.1]": 0.5,
    "validation/hole_psnr/(0.01, 0.1]": 15,
  });
});
