import assert from "node:assert/strict";
import { maskFacts } from "../../../../src/commands/masks/mask_facts.ts";
import type { DecodedImage } from "../../../../src/data/decode_image.ts";

/** A picture of 10x10 greys. */
function picture(value: (x: number, y: number) => number): DecodedImage {
  const rgba = new Uint8ClampedArray(400);
  for (let i = 0; i < 100; i++) {
    const grey = value(i % 10, Math.floor(i / 10));
    rgba.set([grey, grey, grey, 255], i * 4);
  }
  return {
    width: 10,
    height: 10,
    rgba,
    format: "png",
    hasAlpha: false,
    bitDepth: 8,
    orientationApplied: false,
    colourSpace: "grey",
    isGrey: true,
    metadata: {},
    warnings: [],
  };
}

/** A white square of 4x4 in the middle. */
const square = (x: number, y: number) => Math.min(x, y) >= 3 && Math.max(x, y) < 7 ? 255 : 0;

Deno.test("maskFacts() measures ratio, bin and border under either polarity", async () => {
  const facts = await maskFacts(picture(square));
  assert.deepEqual([facts.width, facts.height, facts.format], [10, 10, "png"]);
  assert.equal(facts.guess.polarity, "white");
  assert.deepEqual(facts.bins, {
    white: { ratio: 0.16, bin: 1, border: "N" },
    black: { ratio: 0.84, bin: "above", border: "B" },
  });
  assert.deepEqual([facts.greyShare, facts.softPixels, facts.isOneColour], [0, 0, false]);
});

Deno.test("maskFacts() tells hardly grey pixels from soft ones", async () => {
  // Row 0 is 3, row 9 is 100; 5 and below pass for black.
  const facts = await maskFacts(picture((x, y) => y === 0 ? 3 : y === 9 ? 100 : square(x, y)));
  assert.equal(facts.greyShare, 0.2);
  assert.equal(facts.softPixels, 10);
});

Deno.test("maskFacts() sees masks of one colour after the threshold", async () => {
  assert.equal((await maskFacts(picture(() => 127))).isOneColour, true);
  assert.equal((await maskFacts(picture((x) => x < 5 ? 127 : 128))).isOneColour, false);
});

Deno.test("maskFacts() has a digest of the holes", async () => {
  const digest = async (value: (x: number, y: number) => number) =>
    (await maskFacts(picture(value))).digest;
  assert.equal(await digest(square), await digest((x, y) => square(x, y) === 0 ? 90 : 200));
  assert.notEqual(await digest(square), await digest((x, y) => square(x + 1, y)));
});
