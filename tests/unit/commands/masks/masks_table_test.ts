import assert from "node:assert/strict";
import type { MaskFinding } from "../../../../src/commands/masks/mask_findings.ts";
import { countOf, maskSummary, maskTable } from "../../../../src/commands/masks/masks_table.ts";

const GOOD: MaskFinding = {
  mask: "masks/a.png",
  width: 512,
  height: 384,
  format: "png",
  polarity: "white",
  isSure: true,
  reason: "black covers 75.0 %",
  ratio: 0.25,
  bin: "(0.2, 0.3]",
  border: "N",
  greyShare: 0,
  problems: [],
};

const BAD: MaskFinding = {
  ...GOOD,
  mask: "b.png",
  isSure: false,
  border: "B",
  greyShare: 0.00123,
  duplicateOf: "masks/a.png",
  problems: [
    { kind: "soft", text: "soft: 0.12 % is grey" },
    { kind: "polarity", text: "looks inverted: black covers 75.0 %, yet" },
  ],
};

Deno.test("maskTable() lines columns up and remarks nothing on a good mask", () => {
  assert.deepEqual(maskTable([GOOD, BAD]), [
    "MASK         SIZE     HOLE    RATIO   BIN         BORDER  GREY    REMARKS",
    "masks/a.png  512x384  white   25.0 %  (0.2, 0.3]  N       0",
    "b.png        512x384  white?  25.0 %  (0.2, 0.3]  B       0.12 %  soft: 0.12 % is grey; " +
    "looks inverted: black covers 75.0 %, yet; same holes as masks/a.png",
  ]);
});

Deno.test("maskTable() tells the reason of an unsure polarity, once", () => {
  const unsure = { ...GOOD, isSure: false, reason: "white covers 50.0 %" };
  assert.match(maskTable([unsure])[1]!, / {2}white covers 50\.0 %$/);
  const blank: MaskFinding = {
    ...unsure,
    reason: "all of it is black; 0 of 1 masks say so, 0 say black",
    problems: [{ kind: "one-colour", text: "all of it is black" }],
  };
  assert.match(maskTable([blank])[1]!, / 0 {5}all of it is black$/);
});

Deno.test("maskSummary() counts bins, borders and kinds of problems", () => {
  const polarity = { polarity: "white", isSure: true, reason: "2 of 3" } as const;
  const low = { ...GOOD, bin: "[0, 0.01]" };
  assert.deepEqual(maskSummary({ masks: [GOOD, BAD, low], polarity }), [
    "3 masks, white = hole: 2 of 3",
    "[0, 0.01]: 1 N, 0 B",
    "(0.2, 0.3]: 1 N, 1 B",
    "1 of 3 with problems: 1 soft, 1 polarity",
  ]);
  assert.deepEqual(maskSummary({ masks: [GOOD], polarity: { ...polarity, isSure: false } }), [
    "1 mask, white = hole (unsure): 2 of 3",
    "(0.2, 0.3]: 1 N, 0 B",
    "none with problems",
  ]);
  assert.deepEqual(maskSummary({ masks: [], polarity }), []);
});

Deno.test("countOf() knows one from many", () => {
  assert.deepEqual([0, 1, 2].map((count) => countOf(count, "mask")), [
    "0 masks",
    "1 mask",
    "2 masks",
  ]);
});
