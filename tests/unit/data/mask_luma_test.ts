import assert from "node:assert/strict";
import type { DecodedImage } from "../../../src/data/decode_image.ts";
import { maskLuma } from "../../../src/data/mask_luma.ts";

Deno.test("maskLuma() weighs colours as BT.601 and lays transparency over black", () => {
  const rgba = [
    ...[0, 0, 0, 255],
    ...[255, 255, 255, 255],
    ...[255, 0, 0, 255],
    ...[0, 255, 0, 255],
    ...[255, 255, 255, 128],
    ...[255, 255, 255, 0],
  ];
  const image = { width: 3, height: 2, rgba: new Uint8ClampedArray(rgba) } as DecodedImage;
  // 0.299 * 255 = 76.2, 0.587 * 255 = 149.7
  assert.deepEqual([...maskLuma(image)], [0, 255, 76, 150, 128, 0]);
});
