import assert from "node:assert/strict";
import { planPairs, type PlanPairsOptions } from "../../../../src/commands/eval/plan_pairs.ts";
import type { ListedImage } from "../../../../src/data/list_images.ts";

const files = (...names: string[]): ListedImage[] =>
  names.map((relative) => ({ path: `in/${relative}`, relative }));

const plan = (options: Partial<PlanPairsOptions>) =>
  planPairs({
    images: files("a.jpg", "b.jpg", "c.jpg"),
    masks: [],
    pairing: "seed",
    pairs: undefined,
    generate: undefined,
    seed: 1,
    ...options,
  });

Deno.test("planPairs() deals every image and mask at least once, and numbers pairs", () => {
  const { pairs, problems } = plan({ masks: files("1.png", "2.png", "3.png", "4.png", "5.png") });
  assert.deepEqual(problems, []);
  assert.deepEqual(pairs.map(({ index, stem }) => [index, stem]), [
    [0, "00000"],
    [1, "00001"],
    [2, "00002"],
    [3, "00003"],
    [4, "00004"],
  ]);
  assert.equal(new Set(pairs.map(({ image }) => image.relative)).size, 3);
  const masks = pairs.map(({ mask }) => "relative" in mask ? mask.relative : "");
  assert.equal(new Set(masks).size, 5);
  assert.deepEqual(plan({ masks: files("1.png"), pairs: 2 }).pairs.length, 2);
});

Deno.test("planPairs() goes through the twelve classes with generated masks, after the files", () => {
  const { pairs } = plan({ masks: files("1.png"), generate: 24 });
  assert.equal(pairs.length, 3 + 24);
  const classes = pairs.slice(3).map(({ mask }) =>
    "maskClass" in mask ? mask.maskClass.folder : ""
  );
  assert.equal(new Set(classes).size, 12);
  assert.deepEqual(classes.slice(0, 12), classes.slice(12));
  assert.deepEqual(classes.slice(0, 3), [
    "ratio-01-10-free",
    "ratio-01-10-touching",
    "ratio-10-20-free",
  ]);
  const first = pairs[3]!.mask;
  assert.ok("maskClass" in first);
  assert.equal(first.name, "generated 1.0 ratio-01-10-free");
  // Not 00003: a mask of that name may be paired by name.
  assert.equal(pairs[3]!.stem, "generated-00000");
  // Without masks at least one of each class and of each image.
  assert.equal(plan({}).pairs.length, 12);
});

Deno.test("planPairs() pairs names, LaMa's too, and tells what has no counterpart", () => {
  const { pairs, problems } = plan({
    pairing: "name",
    masks: files("a.png", "b_mask000.png", "b_mask001.png", "x.png"),
  });
  assert.deepEqual(
    pairs.map(({ image, mask, stem, aliases }) => [
      image.relative,
      "relative" in mask && mask.relative,
      stem,
      ...aliases,
    ]),
    [
      ["a.jpg", "a.png", "a", "a"],
      // An image with two masks lends its name to neither.
      ["b.jpg", "b_mask000.png", "b_mask000"],
      ["b.jpg", "b_mask001.png", "b_mask001"],
    ],
  );
  assert.deepEqual(problems, [
    'Cannot evaluate image "in/c.jpg": there is no mask of its name',
    'Cannot evaluate mask "in/x.png": there is no image of its name',
  ]);
});

Deno.test("planPairs() refuses what makes no pair, or too many", () => {
  assert.throws(() => plan({ images: [] }), {
    name: "InputError",
    message: "Cannot evaluate: there are no images",
  });
  assert.throws(() => plan({ masks: files("1.png"), pairs: 4 }), {
    message: "Cannot deal 4 pairs: 3 images and 1 masks make 3",
  });
  assert.throws(() => plan({ pairing: "name", masks: files("x.png") }), {
    message: "Cannot evaluate: no image and mask belong together",
  });
  const alike = plan({ pairing: "name", masks: files("a.jpg", "a.png", "b.png") });
  assert.deepEqual(alike.pairs.map(({ stem }) => stem), ["a", "b"]);
  assert.ok(
    alike.problems.includes('Cannot evaluate mask "in/a.png": another mask has its name'),
  );
  const twins = plan({
    images: files("a.jpg", "a.png", "b.png"),
    pairing: "name",
    masks: files("a.png", "b.png"),
  });
  assert.deepEqual(twins.problems, [
    'Cannot evaluate mask "in/a.png": it has the name of "in/a.jpg" and "in/a.png"',
  ]);
});
