import assert from "node:assert/strict";
import { dilateMask } from "../../../src/data/dilate_mask.ts";
import { createRandom } from "../../../src/random.ts";

Deno.test("dilateMask() sets every pixel that has a hole within the square, as a naive loop does", () => {
  const random = createRandom(4);
  const [width, height] = [23, 17];
  const holeMask = Uint8Array.from(
    { length: width * height },
    () => random.uniform() < 0.02 ? 1 : 0,
  );
  for (const radius of [0, 1, 2, 5]) {
    const grown = dilateMask(holeMask, { width, height, radius });
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let expected = 0;
        for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
          for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
            expected |= holeMask[v * width + u]!;
          }
        }
        assert.equal(grown[y * width + x], expected, `radius ${radius} at ${x}, ${y}`);
      }
    }
  }
});

Deno.test("dilateMask() leaves an empty mask empty", () => {
  const grown = dilateMask(new Uint8Array(12), { width: 4, height: 3, radius: 2 });
  assert.deepEqual([...grown], new Array(12).fill(0));
});
