import assert from "node:assert/strict";
import {
  checkPicture,
  INPUT_RANGES,
  PIXEL_SCALES,
  scalePixels,
} from "../../../src/model/pixel_scale.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { read } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

// By hand, of the levels 0, 51 (a fifth) and 255.
const EXPECTED = {
  "minus-one-one": [-1, -0.6, 1],
  "zero-one": [0, 0.2, 1],
  "imagenet": [-0.485 / 0.229, (0.2 - 0.456) / 0.224, (1 - 0.406) / 0.225],
};

// Rounding to float32: half of the last bit is 6e-8 of the value.
const ROUNDING = { rtol: 6e-8, atol: 0 };

cpuTest("scalePixels() brings levels into each range, channel by channel", async () => {
  assert.deepEqual([...INPUT_RANGES].sort(), Object.keys(PIXEL_SCALES).sort());
  for (const range of INPUT_RANGES) {
    const tensor = scalePixels(Uint8Array.of(0, 51, 255, 0, 51, 255), {
      width: 2,
      height: 1,
      scale: PIXEL_SCALES[range],
    });
    const expected = { shape: [1, 1, 2, 3], data: [...EXPECTED[range], ...EXPECTED[range]] };
    assertAllClose(await read(tensor), expected, ROUNDING, range);
    tensor.dispose();
  }
});

Deno.test("checkPicture() refuses a picture of another size", () => {
  checkPicture(new Uint8Array(18), { width: 2, height: 3, action: "look" });
  assert.throws(() => checkPicture(new Uint8Array(17), { width: 2, height: 3, action: "look" }), {
    name: "RangeError",
    message: "Cannot look: picture has 17 values, must have 2x3x3",
  });
});
