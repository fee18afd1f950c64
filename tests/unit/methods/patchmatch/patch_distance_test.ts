import assert from "node:assert/strict";
import { patchDistance } from "../../../../src/methods/patchmatch/patch_distance.ts";
import { createRandom } from "../../../../src/random.ts";

const [WIDTH, HEIGHT] = [13, 11];
const random = createRandom(5);
const rgb255 = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, () => random.integer(0, 255));

/** The sum over the first `rows` rows of two patches, pixel by pixel. */
function naive(radius: number, a: number, b: number, rows = 2 * radius + 1): number {
  let sum = 0;
  for (let y = -radius; y < rows - radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      for (let c = 0; c < 3; c++) {
        const shift = y * WIDTH + x;
        sum += (rgb255[(a + shift) * 3 + c]! - rgb255[(b + shift) * 3 + c]!) ** 2;
      }
    }
  }
  return sum;
}

const A = 4 * WIDTH + 3;
const B = 7 * WIDTH + 9;

Deno.test("patchDistance() sums squared differences at every radius", () => {
  for (const radius of [0, 1, 2, 3]) {
    assert.equal(patchDistance(rgb255, WIDTH, radius, A, B, Infinity), naive(radius, A, B));
    assert.equal(patchDistance(rgb255, WIDTH, radius, A, A, Infinity), 0);
  }
});

Deno.test("patchDistance() stops after the row in which the limit is reached", () => {
  const twoRows = naive(3, A, B, 2);
  assert.equal(patchDistance(rgb255, WIDTH, 3, A, B, twoRows), twoRows);
  assert.equal(patchDistance(rgb255, WIDTH, 3, A, B, twoRows + 1), naive(3, A, B, 3));
});
