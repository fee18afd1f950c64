import assert from "node:assert/strict";
import { isDrawnInAlpha, maskLuma, type MaskPicture } from "../../../src/data/mask_luma.ts";

Deno.test("maskLuma() weighs colours as BT.601 and lays transparency over black", () => {
  const rgba = [
    ...[0, 0, 0, 255],
    ...[255, 255, 255, 255],
    ...[255, 0, 0, 255],
    ...[0, 255, 0, 255],
    ...[255, 255, 255, 128],
    ...[255, 255, 255, 0],
  ];
  const image = { width: 3, height: 2, rgba: new Uint8ClampedArray(rgba), hasAlpha: true };
  // 0.299 * 255 = 76.2, 0.587 * 255 = 149.7
  assert.deepEqual([...maskLuma(image)], [0, 255, 76, 150, 128, 0]);
});

/** Grey pixels with their alphas. */
function layer(...pixels: readonly (readonly [grey: number, alpha: number])[]): MaskPicture {
  const rgba = Uint8ClampedArray.from(pixels.flatMap(([grey, alpha]) => [grey, grey, grey, alpha]));
  return { width: pixels.length, height: 1, rgba, hasAlpha: true };
}

Deno.test("isDrawnInAlpha() is true of one dark colour whose transparency takes both sides", () => {
  assert.equal(isDrawnInAlpha(layer([0, 255], [0, 0])), true);
  assert.equal(isDrawnInAlpha(layer([0, 128], [0, 127], [0, 60])), true);
  // What cannot be seen has no colour.
  assert.equal(isDrawnInAlpha(layer([90, 255], [255, 0])), true);
  assert.equal(isDrawnInAlpha(layer([128, 255], [128, 0])), false, "light");
  assert.equal(isDrawnInAlpha(layer([0, 255], [0, 200])), false, "nowhere transparent");
  assert.equal(isDrawnInAlpha(layer([0, 0], [0, 100])), false, "nowhere opaque");
  assert.equal(isDrawnInAlpha(layer([0, 0], [0, 0])), false, "invisible");
  assert.equal(isDrawnInAlpha(layer([0, 255], [1, 1], [0, 0])), false, "two colours");
  assert.equal(isDrawnInAlpha({ ...layer([0, 255], [0, 0]), hasAlpha: false }), false);
});

Deno.test("maskLuma() is the opacity of a mask that is drawn in it", () => {
  assert.deepEqual([...maskLuma(layer([0, 255], [0, 0], [0, 77]))], [255, 0, 77]);
});
