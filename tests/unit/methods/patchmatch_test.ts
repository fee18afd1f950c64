import assert from "node:assert/strict";
import { patchmatch } from "../../../src/methods/patchmatch.ts";
import { createRandom } from "../../../src/random.ts";

type Rgb = readonly [number, number, number];

/** What the whole picture is and where its hole is; the hole holds rubbish. */
function damage(
  { width, height }: { width: number; height: number },
  colourAt: (x: number, y: number) => Rgb,
  isHole: (x: number, y: number) => boolean,
) {
  const whole = new Uint8Array(width * height * 3);
  const rgb255 = new Uint8Array(width * height * 3);
  const holeMask = new Uint8Array(width * height);
  const rubbish = createRandom(77);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      whole.set(colourAt(x, y), at * 3);
      const inHole = isHole(x, y);
      holeMask[at] = inHole ? 1 : 0;
      for (let c = 0; c < 3; c++) {
        rgb255[at * 3 + c] = inHole ? rubbish.integer(0, 255) : whole[at * 3 + c]!;
      }
    }
  }
  return { whole, image: { width, height, rgb255, holeMask } };
}

const box = (left: number, top: number, width: number, height = width) => (x: number, y: number) =>
  x >= left && x < left + width && y >= top && y < top + height;

const waves = (x: number, y: number): Rgb => [
  Math.round(128 + 90 * Math.sin(x / 6)),
  Math.round(128 + 90 * Math.cos(y / 9)),
  (x * 7 + y * 3) % 256,
];

/** Wide strokes in two directions; they hold the corners. */
const strokes = (x: number, y: number) => (x + 2 * y) % 37 < 15 || (3 * x - y + 300) % 53 < 18;

/** Largest difference of a hole value. */
function worst(actual: Uint8Array, expected: Uint8Array): number {
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

Deno.test("patchmatch() leaves known pixels and its input as they are", async () => {
  const { image } = damage({ width: 90, height: 70 }, waves, strokes);
  const before = image.rgb255.slice();
  const filled = await patchmatch().fill(image);
  assert.deepEqual(image.rgb255, before);
  assert.notEqual(filled.buffer, image.rgb255.buffer);
  for (let i = 0; i < filled.length; i++) {
    if (image.holeMask[Math.floor(i / 3)] === 0) assert.equal(filled[i], before[i]);
  }
  assert.equal(patchmatch().name, "patchmatch");
});

Deno.test("patchmatch() does not look at what the hole held", async () => {
  const { image } = damage({ width: 60, height: 50 }, waves, strokes);
  const blank = image.rgb255.map((value, i) => image.holeMask[Math.floor(i / 3)] ? 0 : value);
  const filled = await patchmatch().fill(image);
  assert.deepEqual(await patchmatch().fill({ ...image, rgb255: blank }), filled);
});

const checks = (x: number, y: number): Rgb =>
  (x >> 1) + (y >> 1) & 1 ? [20, 40, 60] : [230, 220, 9];
const stripes = (x: number): Rgb => x % 4 < 2 ? [10, 200, 90] : [180, 30, 255];
const hues = (x: number, y: number): Rgb => [(x % 4) * 60, (y % 4) * 60, ((x + y) % 4) * 60];

for (const [name, texture] of Object.entries({ checks, stripes, hues })) {
  Deno.test(`patchmatch() restores ${name} of period 4`, async () => {
    for (const seed of [0, 1, 2]) {
      const size = { width: 96, height: 80 };
      const { whole, image } = damage(size, texture, box(38, 30, 17, 14));
      const filled = await patchmatch({ seed }).fill(image);
      // Exactly: all patches over a pixel agree, so their mean is what each of them says.
      assert.equal(worst(filled, whole), 0);
    }
  });
}

Deno.test("patchmatch() fills a picture of one colour with it", async () => {
  for (const isHole of [strokes, box(0, 0, 50), box(20, 20, 5)]) {
    const { whole, image } = damage({ width: 64, height: 57 }, () => [12, 130, 251], isHole);
    assert.deepEqual(await patchmatch().fill(image), whole);
  }
});

Deno.test("patchmatch() leaves no pixel unfilled, whatever the size and the mask", async () => {
  for (let seed = 0; seed < 60; seed++) {
    const random = createRandom(seed, 3);
    const size = { width: random.integer(1, 60), height: random.integer(1, 60) };
    const share = random.uniform() ** 3;
    const lone = random.integer(0, size.width * size.height - 1);
    const isHole = (x: number, y: number) =>
      y * size.width + x !== lone && (random.uniform() >= share || strokes(x, y));
    const { whole, image } = damage(size, () => [255, 7, 90], isHole);
    assert.deepEqual(await patchmatch({ seed }).fill(image), whole, `${seed}`);
  }
});

Deno.test("patchmatch() gives the same bytes for the same seed only", async () => {
  const { image } = damage({ width: 90, height: 70 }, waves, strokes);
  const fills = await Promise.all([
    patchmatch({ seed: 5 }).fill(image),
    patchmatch({ seed: 5 }).fill(image),
    patchmatch({ seed: 6 }).fill(image),
    patchmatch({ seed: 0 }).fill(image),
    patchmatch().fill(image),
  ]);
  assert.deepEqual(fills[0], fills[1]);
  assert.notDeepEqual(fills[0], fills[2]);
  assert.deepEqual(fills[3], fills[4]);
});

Deno.test("patchmatch() refuses seeds that are none", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
    assert.throws(
      () => patchmatch({ seed }),
      { name: "RangeError", message: new RegExp(`seed is ${seed}, must be a whole number`) },
    );
  }
});

Deno.test("patchmatch() fills holes at all four borders from within", async () => {
  // Only a square in the middle is known: colours beyond its range could only be made up.
  const known = box(20, 25, 30);
  const { image } = damage({ width: 70, height: 80 }, hues, (x, y) => !known(x, y));
  const filled = await patchmatch().fill(image);
  const colours = new Set<number>();
  for (let i = 0; i < filled.length; i += 3) {
    colours.add(filled[i]! * 65536 + filled[i + 1]! * 256 + filled[i + 2]!);
    for (let c = 0; c < 3; c++) assert.ok(filled[i + c]! <= 180);
  }
  assert.ok(colours.size >= 16);
});

Deno.test("patchmatch() spreads the only known pixel", async () => {
  for (const [x0, y0] of [[0, 0], [33, 17], [52, 40]] as const) {
    const size = { width: 53, height: 41 };
    const { image, whole } = damage(size, () => [1, 2, 254], (x, y) => x !== x0 || y !== y0);
    assert.deepEqual(await patchmatch().fill(image), whole);
  }
});

Deno.test("patchmatch() fills a hole of one pixel, in a corner too", async () => {
  for (const [x0, y0] of [[0, 0], [47, 30], [95, 79]] as const) {
    const size = { width: 96, height: 80 };
    const { image, whole } = damage(size, hues, (x, y) => x === x0 && y === y0);
    assert.deepEqual(await patchmatch().fill(image), whole);
  }
});

Deno.test("patchmatch() fills pictures smaller than a patch", async () => {
  for (const [width, height] of [[2, 1], [1, 9], [3, 3], [6, 5], [200, 2]] as const) {
    const isHole = (x: number, y: number) => (x + y) % 2 === 1;
    const colour = (x: number): Rgb => x % 2 === 0 ? [100, 50, 30] : [110, 58, 30];
    const { image } = damage({ width, height }, colour, isHole);
    const filled = await patchmatch().fill(image);
    // A mean of known pixels stays between them.
    for (let i = 0; i < filled.length; i += 3) {
      assert.ok(filled[i]! >= 100 && filled[i]! <= 110, `${width}x${height}`);
      assert.ok(filled[i + 1]! >= 50 && filled[i + 1]! <= 58);
      assert.equal(filled[i + 2], 30);
    }
  }
});

Deno.test("patchmatch() copies a picture without a hole and refuses one without a known pixel", async () => {
  const { image, whole } = damage({ width: 9, height: 8 }, waves, () => false);
  assert.deepEqual(await patchmatch().fill(image), whole);
  const { image: none } = damage({ width: 9, height: 8 }, waves, () => true);
  await assert.rejects(patchmatch().fill(none), { name: "RangeError" });
});

Deno.test("patchmatch() stops at a signal and lets others work meanwhile", async () => {
  const { image } = damage({ width: 160, height: 120 }, waves, strokes);
  const aborted = AbortSignal.abort(new Error("before"));
  await assert.rejects(patchmatch().fill(image, { signal: aborted }), /before/);
  const controller = new AbortController();
  const filling = patchmatch().fill(image, { signal: controller.signal });
  // This timer runs only if the fill gives way; it is far from done after the first scan.
  setTimeout(() => controller.abort(new Error("meanwhile")), 0);
  await assert.rejects(filling, /meanwhile/);
});
