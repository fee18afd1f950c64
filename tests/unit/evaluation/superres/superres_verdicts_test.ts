import assert from "node:assert/strict";
import { superresVerdicts } from "../../../../src/evaluation/superres/superres_verdicts.ts";
import type { SuperresDifference } from "../../../../src/evaluation/superres/superres_table.ts";

const difference: SuperresDifference = {
  ...{ scale: 2, method: "superres", score: "psnrY", images: 14 },
  ...{ mean: -0.312, low: -0.443, high: -0.2, wins: 1, verdict: "worse" },
};

Deno.test("superresVerdicts() says in words who is above and who is below bicubic", () => {
  const differences: SuperresDifference[] = [
    difference,
    { ...difference, score: "ssimY" },
    {
      ...difference,
      method: "lanczos",
      scale: 4,
      mean: 0.2,
      low: 0.1,
      high: 0.3,
      verdict: "better",
    },
    { ...difference, mean: 0.1, low: -0.001, high: 0.2, verdict: "unclear" },
    { ...difference, mean: -0.004, low: -0.2, high: 0.1, verdict: "unclear" },
    { ...difference, images: 5, verdict: "unclear" },
    { ...difference, images: 1, low: null, high: null, verdict: "unclear" },
  ];
  assert.deepEqual(superresVerdicts({ differences }), [
    "superres is below bicubic at x2 by 0.31 dB (95 % interval -0.44 to -0.20 dB, 14 images)",
    "lanczos is above bicubic at x4 by 0.20 dB (95 % interval +0.10 to +0.30 dB, 14 images)",
    "superres is above bicubic at x2 by 0.10 dB (95 % interval 0.00 to +0.20 dB, 14 images; unclear)",
    "superres is level with bicubic at x2 (95 % interval -0.20 to +0.10 dB, 14 images; unclear)",
    "superres is below bicubic at x2 by 0.31 dB (95 % interval -0.44 to -0.20 dB, 5 images; " +
    "too few images to be sure)",
    "superres is below bicubic at x2 by 0.31 dB (1 image; too few images to be sure)",
  ]);
});
