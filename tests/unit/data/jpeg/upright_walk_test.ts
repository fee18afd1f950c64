import assert from "node:assert/strict";
import { applyOrientation } from "../../../../src/data/exif_orientation.ts";
import { uprightWalk } from "../../../../src/data/jpeg/upright_walk.ts";

Deno.test("uprightWalk() finds in the upright picture every pixel of the stored one", () => {
  const [width, height] = [5, 3];
  // Red tells pixels apart.
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => i >> 2);
  for (let orientation = 1; orientation <= 8; orientation++) {
    const upright = applyOrientation({ width, height, rgba }, orientation);
    const { start, alongX, alongY } = uprightWalk({ width, height }, orientation);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const found = upright.rgba[4 * (start + x * alongX + y * alongY)];
        assert.equal(found, y * width + x, `orientation ${orientation}, ${x}, ${y}`);
      }
    }
  }
});

Deno.test("uprightWalk() refuses orientations that are none", () => {
  for (const orientation of [0, 9, 1.5, NaN]) {
    assert.throws(() => uprightWalk({ width: 1, height: 1 }, orientation), RangeError);
  }
});
