import assert from "node:assert/strict";
import { binariseMask, type RawMask, readRawMask } from "../../../src/data/raw_mask.ts";
import { maskPicture, writePicture } from "../../cli/pictures.ts";
import { withTempDir } from "../../support/temp_dir.ts";

/** One row of grey levels with alpha. */
function row(...pixels: (readonly [grey: number, alpha: number])[]) {
  const rgba = new Uint8ClampedArray(pixels.flatMap(([grey, alpha]) => [grey, grey, grey, alpha]));
  return { width: pixels.length, height: 1, rgba };
}

function holesOf({ width, height, bits }: RawMask): number[] {
  return Array.from({ length: width * height }, (_, i) => (bits[i >> 3]! >> (i & 7)) & 1);
}

Deno.test("binariseMask() knows a pixel above 0.6 of white where black is the hole", () => {
  // 0.6 * 255 = 153: at the threshold a pixel is hole.
  const mask = binariseMask(row([0, 255], [152, 255], [153, 255], [154, 255], [255, 255]), "black");
  assert.deepEqual(holesOf(mask), [1, 1, 1, 0, 0]);
  assert.equal(mask.holes, 3);
});

Deno.test("binariseMask() mirrors the rule where white is the hole", () => {
  // 0.4 * 255 = 102: from there on a pixel is hole.
  const mask = binariseMask(row([0, 255], [101, 255], [102, 255], [103, 255], [255, 255]), "white");
  assert.deepEqual(holesOf(mask), [0, 0, 1, 1, 1]);
  assert.equal(mask.holes, 3);
});

Deno.test("binariseMask() gives a mask and its negative the same holes under opposite polarities", () => {
  const levels = Array.from({ length: 256 }, (_, level) => level);
  const mask = binariseMask(row(...levels.map((level) => [level, 255] as const)), "white");
  const negative = binariseMask(
    row(...levels.map((level) => [255 - level, 255] as const)),
    "black",
  );
  assert.deepEqual(mask, negative);
  assert.equal(mask.holes, 256 - 102);
});

Deno.test("binariseMask() takes what is transparent for known", () => {
  for (const polarity of ["white", "black"] as const) {
    const mask = binariseMask(row([0, 0], [255, 0], [0, 255], [255, 255]), polarity);
    assert.deepEqual(holesOf(mask).slice(0, 2), [0, 0]);
    assert.equal(mask.holes, 1);
  }
});

Deno.test("binariseMask() weighs colours by their brightness", () => {
  const rgba = new Uint8ClampedArray([0, 255, 0, 255, 255, 0, 0, 255]);
  // 0.587 of white is not above 0.6, and 0.299 is not either; both are at least 0.4 or not.
  assert.deepEqual(holesOf(binariseMask({ width: 2, height: 1, rgba }, "black")), [1, 1]);
  assert.deepEqual(holesOf(binariseMask({ width: 2, height: 1, rgba }, "white")), [1, 0]);
});

Deno.test("readRawMask() reads a file", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/m.png`;
    await writePicture(path, maskPicture(5, 3, (x, y) => x === 4 && y < 2));
    const mask = await readRawMask(path, "white");
    assert.deepEqual([mask.width, mask.height, mask.holes], [5, 3, 2]);
    assert.deepEqual(holesOf(mask), [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    await assert.rejects(readRawMask(`${folder}/no.png`, "white"), {
      name: "InputError",
      message: `Cannot read image "${folder}/no.png": it does not exist`,
    });
  });
});
