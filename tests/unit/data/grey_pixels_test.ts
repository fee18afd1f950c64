import assert from "node:assert/strict";
import { greyPixels } from "../../../src/data/grey_pixels.ts";

Deno.test("greyPixels() gives a grey picture back as it is", () => {
  const picture = { rgba: Uint8Array.of(9, 9, 9, 1), rgba16: Uint16Array.of(900, 900, 900, 1) };
  assert.equal(greyPixels(picture), picture);
});

Deno.test("greyPixels() puts luma in place of colour, and there alone", () => {
  const rgba = Uint8ClampedArray.of(5, 5, 5, 0, 255, 0, 0, 9, 0, 255, 0, 8, 0, 0, 255, 7);
  const grey = greyPixels({ rgba });
  // 255 times 0.299, 0.587 and 0.114: 76.2, 149.7, 29.1.
  assert.deepEqual(
    [...grey.rgba],
    [5, 5, 5, 0, 76, 76, 76, 9, 150, 150, 150, 8, 29, 29, 29, 7],
  );
  assert.equal(rgba[4], 255, "the input must not change");
});

Deno.test("greyPixels() looks at 16 bits for themselves", () => {
  const rgba = Uint8Array.of(10, 10, 10, 255);
  const grey = greyPixels({ rgba, rgba16: Uint16Array.of(2560, 2561, 2569, 65535) });
  // 0.299 * 2560 + 0.587 * 2561 + 0.114 * 2569 = 2561.613.
  assert.deepEqual([...grey.rgba16], [2562, 2562, 2562, 65535]);
  assert.deepEqual([...grey.rgba], [10, 10, 10, 255]);
});
