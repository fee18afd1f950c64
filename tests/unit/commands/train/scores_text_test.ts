import assert from "node:assert/strict";
import { scoresText } from "../../../../src/commands/train/scores_text.ts";

const SCORES = { count: 4, l1Percent: 1.236, psnr: 25, ssim: 0.91237, holePsnr: 22.5 };

Deno.test("scoresText() says the means, and whether they are the best", () => {
  const text = "hole PSNR 22.50 dB, PSNR 25.00 dB, SSIM 0.9124, l1 1.24 %";
  const bins = [{ ...SCORES, bin: "(0.1, 0.2]" }];
  assert.equal(scoresText({ ...SCORES, bins }, { isBest: false }), text);
  assert.equal(
    scoresText({ ...SCORES, bins: [] }, { isBest: true }),
    text.replace(" dB,", " dB (best so far),"),
  );
});

Deno.test("scoresText() tells lattices and holes apart", () => {
  // Four pairs of 22.5 dB on average, three of them lattices of 24: the hole has 4 · 22.5 - 3 · 24 = 18.
  const bins = [{ ...SCORES, bin: "lattice", count: 3, holePsnr: 24 }];
  assert.equal(
    scoresText({ ...SCORES, bins }, { isBest: true }),
    "hole PSNR 22.50 dB (best so far) (lattices 24.00, holes 18.00), PSNR 25.00 dB, " +
      "SSIM 0.9124, l1 1.24 %",
  );
  // Nothing but lattices: the mean says it.
  const all = [{ ...SCORES, bin: "lattice" }];
  assert.doesNotMatch(scoresText({ ...SCORES, bins: all }, { isBest: false }), /lattices/);
});
