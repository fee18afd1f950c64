import assert from "node:assert/strict";
import { createMaskSource, type MaskSourceOptions } from "../../../src/data/mask_source.ts";
import { binariseMask } from "../../../src/data/raw_mask.ts";
import { createRandom } from "../../../src/random.ts";
import { type IsHole, maskPicture } from "../../cli/pictures.ts";

const FOLDER = {
  folder: "masks",
  files: ["a", "b", "c"],
  polarity: "white",
  dilate: [1, 1],
} as const;

const rawMask = (isHole: IsHole) => binariseMask(maskPicture(64, 64, isHole), "white");

/** A source over masks in memory, and what it told. */
function sourceOf(
  masks: Readonly<Record<string, IsHole>>,
  options: Partial<MaskSourceOptions> = {},
) {
  const reads: string[] = [];
  const bad: string[] = [];
  const missed: number[] = [];
  const draw = createMaskSource({
    folder: FOLDER,
    size: 32,
    cacheBytes: 1 << 20,
    onBadMask: (path, message) => bad.push(`${path}: ${message}`),
    onMiss: (share) => missed.push(share),
    read: (path) => {
      reads.push(path);
      const isHole = masks[path];
      return isHole === undefined
        ? Promise.reject(new Error("torn"))
        : Promise.resolve(rawMask(isHole));
    },
    ...options,
  });
  return { draw, reads, bad, missed };
}

const share = (holeMask: Uint8Array) =>
  holeMask.reduce((sum, value) => sum + value, 0) / holeMask.length;

const SQUARES = {
  a: (x: number, y: number) => x > 20 && x < 44 && y > 20 && y < 44,
  b: (x: number, y: number) => x > 10 && x < 40 && y > 16,
  c: (x: number) => x % 8 < 2,
};

Deno.test("createMaskSource() draws by the random numbers, whatever was drawn before", async () => {
  const first = sourceOf(SQUARES);
  const masks: Uint8Array[] = [];
  for (let i = 0; i < 6; i++) masks.push(await first.draw(createRandom(1, i)));
  const second = sourceOf(SQUARES, { cacheBytes: 0 });
  for (const i of [4, 0, 5]) assert.deepEqual(await second.draw(createRandom(1, i)), masks[i]);
  assert.notDeepEqual(masks[0], masks[1]);
});

Deno.test("createMaskSource() uses all files and keeps what fits", async () => {
  const roomy = sourceOf(SQUARES);
  const tight = sourceOf(SQUARES, { cacheBytes: 64 * 64 / 8 });
  for (let i = 0; i < 30; i++) {
    await roomy.draw(createRandom(2, i));
    await tight.draw(createRandom(2, i));
  }
  assert.deepEqual(roomy.reads.toSorted(), ["a", "b", "c"]);
  // One mask of 512 bytes fits; it is read once, the others each time.
  const counts = ["a", "b", "c"].map((path) => tight.reads.filter((read) => read === path).length);
  assert.equal(counts.filter((count) => count === 1).length, 1);
  assert.ok(tight.reads.length >= 15);
});

Deno.test("createMaskSource() keeps to the ratio bounds", async () => {
  const { draw, missed } = sourceOf(SQUARES, { ratio: [0.1, 0.2] });
  for (let i = 0; i < 40; i++) {
    const value = share(await draw(createRandom(3, i)));
    assert.ok(value > 0.1 && value <= 0.2, `${value}`);
  }
  assert.deepEqual(missed, []);
});

Deno.test("createMaskSource() takes the nearest crop where none is within the bounds, and tells", async () => {
  const { draw, missed } = sourceOf(SQUARES, { ratio: [0.9, 0.95] });
  const value = share(await draw(createRandom(4)));
  assert.deepEqual(missed, [value]);
  // The largest hole is 29 / 64 by 47 / 64 of the mask, a third.
  assert.ok(value > 0.2 && value < 0.9, `${value}`);
});

Deno.test("createMaskSource() tells of a broken file once and takes the next one", async () => {
  const { a } = SQUARES;
  const { draw, bad, reads } = sourceOf({ a });
  for (let i = 0; i < 20; i++) await draw(createRandom(5, i));
  assert.deepEqual(bad.toSorted(), ["b: torn", "c: torn"]);
  assert.deepEqual(reads.toSorted(), ["a", "b", "c"]);
});

Deno.test("createMaskSource() fails if no file can be read", async () => {
  const { draw, bad } = sourceOf({});
  await assert.rejects(draw(createRandom(6)), {
    name: "InputError",
    message: 'Cannot read any of the 3 masks in "masks", the last one with: torn',
  });
  await assert.rejects(draw(createRandom(6)), {
    message: 'Cannot read any of the 3 masks in "masks"',
  });
  assert.equal(bad.length, 3);
});

Deno.test("createMaskSource() fails if masks have no hole at all", async () => {
  const none = () => false;
  const { draw } = sourceOf({ a: none, b: none, c: none });
  await assert.rejects(draw(createRandom(7)), {
    name: "InputError",
    message:
      'Cannot make masks from "masks": 32 tries gave all hole or no hole, where white is the hole',
  });
});
