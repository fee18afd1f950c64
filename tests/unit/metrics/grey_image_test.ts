import assert from "node:assert/strict";
import { greyImage } from "../../../src/metrics/grey_image.ts";
import { GREY } from "../evaluation/presets/preset_oracle.ts";

Deno.test("greyImage() equals NumPy's float32 steps to the last bit", () => {
  const image = Uint8Array.from(GREY.flatMap(([red, green, blue]) => [red, green, blue]));
  assert.deepEqual([...greyImage(image)], GREY.map(([, , , grey]) => grey));
});

Deno.test("greyImage() refuses a length that is no multiple of 3", () => {
  assert.throws(() => greyImage(new Uint8Array(4)), {
    name: "RangeError",
    message: "Cannot make image grey: length is 4, must be a multiple of 3",
  });
});
