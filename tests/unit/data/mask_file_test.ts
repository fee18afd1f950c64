import assert from "node:assert/strict";
import { readHoleMask, resizeHoleMask } from "../../../src/data/mask_file.ts";
import type { MaskPicture } from "../../../src/data/mask_luma.ts";

/** One row of pixels. */
function picture(pixels: number[][], hasAlpha = false): MaskPicture {
  const rgba = Uint8ClampedArray.from(pixels.flatMap((pixel) => [...pixel, 255].slice(0, 4)));
  return { width: pixels.length, height: 1, rgba, hasAlpha };
}

function grey(...values: number[]): MaskPicture {
  return picture(values.map((value) => [value, value, value]));
}

Deno.test("readHoleMask() takes luma of at least 128 as hole and counts soft pixels", () => {
  const mask = readHoleMask(grey(0, 5, 6, 127, 128, 249, 250, 255));
  assert.deepEqual([...mask.holeMask], [0, 0, 0, 0, 1, 1, 1, 1]);
  assert.equal(mask.holePixels, 4);
  assert.equal(mask.softPixels, 4); // 6, 127, 128, 249
  assert.deepEqual([mask.width, mask.height], [8, 1]);
});

Deno.test("readHoleMask() weighs colours as Rec. 601 does", () => {
  // 0.299, 0.587 and 0.114 of 255 are 76.245, 149.685 and 29.07.
  const colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255]];
  const at = (threshold: number) => [...readHoleMask(picture(colours), { threshold }).holeMask];
  assert.deepEqual(at(29), [1, 1, 1]);
  assert.deepEqual(at(30), [1, 1, 0]);
  assert.deepEqual(at(76), [1, 1, 0]);
  assert.deepEqual(at(77), [0, 1, 0]);
  assert.deepEqual(at(149), [0, 1, 0]);
  assert.deepEqual(at(150), [0, 0, 0]);
});

Deno.test("readHoleMask() moves the limit with the threshold", () => {
  for (const threshold of [1, 64, 200, 255]) {
    const values = [threshold - 1, threshold];
    assert.deepEqual([...readHoleMask(grey(...values), { threshold }).holeMask], [0, 1]);
  }
});

Deno.test("readHoleMask() swaps hole and known with invert", () => {
  const mask = readHoleMask(grey(0, 127, 128, 255, 255), { invert: true });
  assert.deepEqual([...mask.holeMask], [1, 1, 0, 0, 0]);
  assert.equal(mask.holePixels, 2);
  assert.equal(mask.softPixels, 2);
});

Deno.test("readHoleMask() lays a transparent mask over black", () => {
  const white = (alpha: number) => [255, 255, 255, alpha];
  const mask = readHoleMask(picture([white(0), white(127), white(128), white(255)], true));
  assert.deepEqual([...mask.holeMask], [0, 0, 1, 1]);
  assert.equal(mask.softPixels, 2);
});

Deno.test("readHoleMask() takes transparent pixels as hole from alpha", () => {
  const pixels = [[255, 255, 255, 0], [0, 0, 0, 127], [255, 255, 255, 128], [0, 0, 0, 255]];
  const mask = readHoleMask(picture(pixels, true), { source: "alpha" });
  assert.deepEqual([...mask.holeMask], [1, 1, 0, 0]);
  assert.equal(mask.holePixels, 2);
  assert.equal(mask.softPixels, 2);
  const inverted = readHoleMask(picture(pixels, true), { source: "alpha", invert: true });
  assert.deepEqual([...inverted.holeMask], [0, 0, 1, 1]);
});

Deno.test("readHoleMask() refuses alpha of a picture without transparency", () => {
  assert.throws(() => readHoleMask(grey(0), { source: "alpha" }), {
    name: "InputError",
    message: "Cannot read mask from alpha: picture has no transparency",
  });
});

Deno.test("readHoleMask() refuses a threshold that makes everything hole or nothing", () => {
  for (const threshold of [0, 256, NaN]) {
    assert.throws(() => readHoleMask(grey(0), { threshold }), {
      name: "RangeError",
      message: `Cannot read mask: threshold is ${threshold}, must be 1 to 255`,
    });
  }
});

Deno.test("resizeHoleMask() takes the pixel under the centre of the target pixel", () => {
  const row = (values: number[], width: number) => [
    ...resizeHoleMask(
      Uint8Array.from(values),
      { width: values.length, height: 1 },
      { width, height: 1 },
    ),
  ];
  assert.deepEqual(row([1, 0], 4), [1, 1, 0, 0]);
  // Centres 0.5/3*4 = 0.67, 2 and 3.33: indices 0, 2, 3.
  assert.deepEqual(row([1, 0, 0, 1], 3), [1, 0, 1]);
  // Centres 1 and 3: an even factor takes the pixel right of the centre.
  assert.deepEqual(row([0, 1, 0, 1], 2), [1, 1]);
  assert.deepEqual(row([0, 1, 0, 0, 1, 0], 2), [1, 1]);
});

Deno.test("resizeHoleMask() handles both axes and returns a copy at the same size", () => {
  const holeMask = Uint8Array.of(1, 0, 0, 0, 0, 1); // 3 wide, 2 high
  const from = { width: 3, height: 2 };
  assert.deepEqual([...resizeHoleMask(holeMask, from, { width: 3, height: 4 })], [
    ...[1, 0, 0, 1, 0, 0],
    ...[0, 0, 1, 0, 0, 1],
  ]);
  const same = resizeHoleMask(holeMask, from, from);
  assert.deepEqual(same, holeMask);
  assert.notEqual(same, holeMask);
});

Deno.test("resizeHoleMask() refuses sizes that do not fit", () => {
  assert.throws(() => resizeHoleMask(new Uint8Array(5), size(3, 2), size(1, 1)), {
    name: "RangeError",
    message: "Cannot resize mask from 3x2 to 1x1: it has 5 pixels",
  });
  assert.throws(() => resizeHoleMask(new Uint8Array(6), size(3, 2), size(0, 1)), RangeError);
});

function size(width: number, height: number): { width: number; height: number } {
  return { width, height };
}

Deno.test("readHoleMask() reads the opacity of a mask that is dark all over, and says so", () => {
  const black = (alpha: number) => [0, 0, 0, alpha];
  const image = picture([black(0), black(127), black(128), black(255)], true);
  const mask = readHoleMask(image);
  assert.deepEqual([...mask.holeMask], [0, 0, 1, 1]);
  assert.equal(mask.softPixels, 2);
  assert.equal(mask.isDrawnInAlpha, true);
  assert.deepEqual([...readHoleMask(image, { invert: true }).holeMask], [1, 1, 0, 0]);
  assert.equal("isDrawnInAlpha" in readHoleMask(image, { source: "alpha" }), false);
  assert.equal("isDrawnInAlpha" in readHoleMask(grey(0, 255)), false);
});

Deno.test("readHoleMask() tells the brightest level of a mask that is dark but not black", () => {
  assert.equal(readHoleMask(grey(0, 1, 2)).brightest, 2);
  assert.equal(readHoleMask(grey(0, 127)).brightest, 127);
  assert.equal("brightest" in readHoleMask(grey(0, 128)), false);
  assert.equal("brightest" in readHoleMask(grey(0, 0)), false);
  assert.equal("brightest" in readHoleMask(grey(0, 1), { threshold: 1 }), false);
});
