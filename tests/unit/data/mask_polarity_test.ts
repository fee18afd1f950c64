import assert from "node:assert/strict";
import { commonPolarity, guessPolarity } from "../../../src/data/mask_polarity.ts";

const SIZE = { width: 10, height: 10 };

/** 10x10: white where `isWhite` says so. */
function mask(isWhite: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 100 }, (_, i) => isWhite(i % 10, Math.floor(i / 10)) ? 255 : 0);
}

const inMiddle = (from: number, to: number) => (x: number, y: number) =>
  Math.min(x, y) >= from && Math.max(x, y) < to;

Deno.test("guessPolarity() takes the colour of more than 60 % for known", () => {
  const testMask = mask((x, y) => x < 5 && y < 6);
  assert.deepEqual(guessPolarity(testMask), {
    polarity: "white",
    isSure: true,
    reason: "black covers 70.0 %, a hole at most 60 %",
  });
  const trainingMask = testMask.map((value) => 255 - value);
  assert.deepEqual(guessPolarity(trainingMask, SIZE), {
    polarity: "black",
    isSure: true,
    reason: "white covers 70.0 %, a hole at most 60 %",
  });
});

Deno.test("guessPolarity() calls from 128 on white", () => {
  assert.equal(guessPolarity(new Uint8Array([127, 128, 128])).polarity, "black");
  assert.equal(guessPolarity(new Uint8Array([127, 127, 128])).polarity, "white");
});

Deno.test("guessPolarity() asks the border where both colours could be the hole", () => {
  const half = mask(inMiddle(1, 8));
  assert.deepEqual(guessPolarity(half), {
    polarity: "white",
    isSure: false,
    reason: "white covers 49.0 %, so either may be the hole",
  });
  assert.deepEqual(guessPolarity(half, SIZE), {
    polarity: "white",
    isSure: true,
    reason: "white covers 49.0 %, so either may be the hole; the border is black",
  });
  const inverse = half.map((value) => 255 - value);
  assert.equal(guessPolarity(inverse, SIZE).polarity, "black");
  assert.equal(guessPolarity(inverse, SIZE).isSure, true);
  assert.equal(guessPolarity(mask((x) => x < 5), SIZE).isSure, false);
});

Deno.test("guessPolarity() is unsure where the border contradicts", () => {
  const frame = mask((x, y) => !inMiddle(1, 9)(x, y));
  assert.deepEqual(guessPolarity(frame, SIZE), {
    polarity: "white",
    isSure: false,
    reason: "black covers 64.0 %, a hole at most 60 %; but the border is white",
  });
  assert.equal(guessPolarity(frame).isSure, true);
});

Deno.test("guessPolarity() is unsure about a mask of one colour", () => {
  for (const [value, colour] of [[0, "black"], [255, "white"]] as const) {
    assert.deepEqual(guessPolarity(new Uint8Array(100).fill(value), SIZE), {
      polarity: "white",
      isSure: false,
      reason: `all of it is ${colour}`,
    });
  }
});

Deno.test("guessPolarity() takes masks of one row or column", () => {
  const row = new Uint8Array([255, 0, 0, 0, 0]);
  assert.equal(guessPolarity(row, { width: 5, height: 1 }).polarity, "white");
  assert.equal(guessPolarity(row, { width: 1, height: 5 }).polarity, "white");
});

Deno.test("commonPolarity() follows the sure guesses", () => {
  const guess = (polarity: "white" | "black", isSure = true) => ({ polarity, isSure, reason: "" });
  const nine = Array.from({ length: 9 }, () => guess("black"));
  assert.deepEqual(commonPolarity([...nine, guess("white"), guess("white", false)]), {
    polarity: "black",
    isSure: true,
    reason: "9 of 11 masks say so, 1 say white",
  });
  assert.equal(commonPolarity([...nine, guess("white"), guess("white")]).isSure, false);
  assert.equal(commonPolarity([guess("black", false)]).polarity, "white");
  assert.equal(commonPolarity([]).isSure, false);
});
