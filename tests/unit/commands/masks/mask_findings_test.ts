import assert from "node:assert/strict";
import type { MaskFacts } from "../../../../src/commands/masks/mask_facts.ts";
import { judgeMasks, type MeasuredMask } from "../../../../src/commands/masks/mask_findings.ts";
import type { MaskPolarity } from "../../../../src/data/mask_polarity.ts";

/** A mask of 20x10 that is white = hole by 25 %, unless `replace` says otherwise. */
function mask(
  path: string,
  replace: Partial<MaskFacts> = {},
  images?: MeasuredMask["images"],
): MeasuredMask {
  const facts: MaskFacts = {
    width: 20,
    height: 10,
    format: "png",
    guess: { polarity: "white", isSure: true, reason: "why" },
    greyShare: 0,
    softPixels: 0,
    isOneColour: false,
    bins: {
      white: { ratio: 0.25, bin: 2, border: "N" },
      black: { ratio: 0.75, bin: "above", border: "B" },
    },
    digest: path,
    ...replace,
  };
  return { path, facts, ...(images === undefined ? {} : { images }) };
}

function guess(polarity: MaskPolarity, isSure: boolean) {
  return { guess: { polarity, isSure, reason: "why" } };
}

function problemsOf(...masks: readonly MeasuredMask[]): readonly string[] {
  const { problems } = judgeMasks(masks, "auto").masks.at(-1)!;
  return problems.map(({ kind, text }) => `${kind}: ${text}`);
}

Deno.test("judgeMasks() finds nothing wrong with a good mask", () => {
  assert.deepEqual(judgeMasks([mask("a")], "auto").masks, [{
    mask: "a",
    width: 20,
    height: 10,
    format: "png",
    polarity: "white",
    isSure: true,
    reason: "why",
    ratio: 0.25,
    bin: "(0.2, 0.3]",
    border: "N",
    greyShare: 0,
    problems: [],
  }]);
});

Deno.test("judgeMasks() asks the other masks about one that is unsure", () => {
  const black = guess("black", true);
  const { masks, polarity } = judgeMasks(
    [mask("a", black), mask("b", black), mask("c", guess("white", false))],
    "auto",
  );
  assert.equal(polarity.polarity, "black");
  const last = masks.at(-1)!;
  assert.deepEqual([last.polarity, last.isSure, last.ratio, last.bin, last.border], [
    "black",
    true,
    0.75,
    "(0.6, 1]",
    "B",
  ]);
  assert.equal(last.reason, "why; 2 of 3 masks say so, 0 say white");
  assert.deepEqual(last.problems, []);
});

Deno.test("judgeMasks() finds the mask that is inverted", () => {
  const inverted = mask("c", guess("black", true));
  assert.deepEqual(problemsOf(mask("a"), mask("b"), inverted), [
    "polarity: looks inverted: why, yet white is the hole of most masks",
  ]);
  const asked = judgeMasks([inverted], "white").masks[0]!;
  assert.deepEqual([asked.polarity, asked.isSure, asked.ratio], ["white", true, 0.25]);
  assert.deepEqual(asked.problems, [
    { kind: "polarity", text: "looks inverted: why, yet white is the hole as asked for" },
  ]);
});

Deno.test("judgeMasks() tells soft, JPEG and blank masks", () => {
  assert.deepEqual(problemsOf(mask("a", { softPixels: 3, format: "jpeg" })), [
    "soft: soft: 1.50 % is grey",
    "jpeg: JPEG blurs edges: save it as PNG",
  ]);
  const blank = mask("a", { isOneColour: true, ...guess("white", false) });
  assert.deepEqual(problemsOf(blank), ["one-colour: why"]);
});

Deno.test("judgeMasks() compares a mask with its image", () => {
  const image = (width: number, height: number) => ({ path: "i", size: { width, height } });
  assert.deepEqual(problemsOf(mask("a", {}, [image(20, 10)])), []);
  assert.deepEqual(problemsOf(mask("a", {}, [image(40, 20)])), [
    "size: size is 20x10, its image is 40x20",
  ]);
  assert.deepEqual(problemsOf(mask("a", {}, [image(10, 20)])), [
    "size: size is 20x10, its image is 10x20: turned by a quarter",
  ]);
  assert.deepEqual(problemsOf(mask("a", {}, [])), ["orphan: no image of its name"]);
  assert.deepEqual(problemsOf(mask("a", {}, [image(20, 10), image(20, 10)])), [
    "ambiguous: 2 images have its name, must be one",
  ]);
  assert.deepEqual(problemsOf(mask("a", {}, [{ path: "i", size: { error: "Cannot" } }])), [
    "image: Cannot",
  ]);
  assert.equal(judgeMasks([mask("a", {}, [image(1, 1)])], "auto").masks[0]!.image, "i");
});

Deno.test("judgeMasks() names the first of equal masks", () => {
  const same = { digest: "same" };
  const { masks } = judgeMasks([mask("a", same), mask("b"), mask("c", same)], "auto");
  assert.deepEqual(masks.map(({ duplicateOf }) => duplicateOf), [undefined, undefined, "a"]);
});
