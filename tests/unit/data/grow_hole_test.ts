import assert from "node:assert/strict";
import { featherWeights, growHole } from "../../../src/data/grow_hole.ts";
import { createRandom } from "../../../src/random.ts";

/** Squared distance to the nearest hole pixel, by looking at all of them. */
function naiveSquares(holeMask: Uint8Array, width: number): number[] {
  const holes = [...holeMask.keys()].filter((i) => holeMask[i] === 1);
  return Array.from(holeMask, (_, i) =>
    Math.min(
      ...holes.map((hole) =>
        (hole % width - i % width) ** 2 +
        (Math.floor(hole / width) - Math.floor(i / width)) ** 2
      ),
    ));
}

function randomMask(seed: number, pixels: number, share: number): Uint8Array {
  const random = createRandom(seed);
  const mask = Uint8Array.from({ length: pixels }, () => random.uniform() < share ? 1 : 0);
  mask[Math.floor(pixels / 3)] = 1;
  return mask;
}

for (const [width, height] of [[31, 19], [1, 40], [40, 1]] as const) {
  Deno.test(`growHole() is a circle around every hole pixel, as all distances say, ${width}x${height}`, () => {
    for (const [seed, share] of [[1, 0.01], [2, 0.1]] as const) {
      const mask = randomMask(seed, width * height, share);
      const squares = naiveSquares(mask, width);
      for (const radius of [0, 1, 2, 3, 7, 254]) {
        assert.deepEqual(
          [...growHole(mask, { width, height, radius })],
          squares.map((square) => square <= radius * radius ? 1 : 0),
          `radius ${radius}, seed ${seed}`,
        );
      }
    }
  });
}

Deno.test("growHole() makes of one pixel the disc that is drawn here", () => {
  const mask = new Uint8Array(49);
  mask[24] = 1;
  const grown = growHole(mask, { width: 7, height: 7, radius: 3 });
  const rows = Array.from({ length: 7 }, (_, y) => [...grown.subarray(y * 7, y * 7 + 7)].join(""));
  // Within 3 pixels: x² + y² <= 9.
  assert.deepEqual(rows, [
    "0001000",
    "0111110",
    "0111110",
    "1111111",
    "0111110",
    "0111110",
    "0001000",
  ]);
});

Deno.test("growHole() and featherWeights() leave an empty mask empty and refuse what they cannot measure", () => {
  const empty = new Uint8Array(12);
  const size = { width: 4, height: 3 };
  assert.deepEqual([...growHole(empty, { ...size, radius: 9 })], [...empty]);
  assert.deepEqual([...featherWeights(empty, { ...size, feather: 9 })], [...empty]);
  for (const radius of [-1, 1.5, 255]) {
    assert.throws(() => growHole(empty, { ...size, radius }), {
      name: "RangeError",
      message: `Cannot grow hole by ${radius}: must be a whole number to 254`,
    });
  }
});

Deno.test("featherWeights() falls in a straight line across the band", () => {
  const mask = Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 0, 0);
  const weights = featherWeights(mask, { width: 9, height: 1, feather: 3 });
  // 255 (1 - d / 4): 191.25, 127.5, 63.75.
  assert.deepEqual([...weights], [0, 0, 64, 128, 191, 255, 255, 191, 128]);
  // Down a column it is the same; and without a band it is the hole itself.
  const column = featherWeights(mask, { width: 1, height: 9, feather: 3 });
  assert.deepEqual(column, weights);
  const none = featherWeights(mask, { width: 9, height: 1, feather: 0 });
  assert.deepEqual([...none], [...mask].map((hole) => 255 * hole));
});

Deno.test("featherWeights() gives every pixel of the widest band a weight, and none beyond", () => {
  const mask = new Uint8Array(300);
  mask[0] = 1;
  const weights = featherWeights(mask, { width: 300, height: 1, feather: 254 });
  assert.equal(weights[254], 1); // 255 (1 - 254 / 255)
  assert.equal(weights[255], 0);
  assert.deepEqual(
    weights.map((weight) => weight > 0 ? 1 : 0),
    growHole(mask, { width: 300, height: 1, radius: 254 }),
  );
});
