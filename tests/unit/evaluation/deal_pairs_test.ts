import assert from "node:assert/strict";
import { dealClasses, dealMasks } from "../../../src/evaluation/deal_pairs.ts";

function counts(values: readonly number[], size: number): number[] {
  const result = new Array<number>(size).fill(0);
  for (const value of values) result[value]! += 1;
  return result;
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

for (
  const [images, masks, pairs] of [
    [100, 12, 200],
    [100, 12, 1200], // every pair there is
    [100, 12, 7],
    [12, 12, 36], // one round of images uses every mask once, so only the shift tells rounds apart
    [5, 12, 60],
  ] as const
) {
  Deno.test(`dealMasks() deals ${pairs} of ${images} images x ${masks} masks evenly`, () => {
    const dealt = dealMasks({ images, masks, pairs, seed: 1 });
    assert.equal(dealt.length, pairs);
    assert.equal(new Set(dealt.map(({ image, mask }) => image * masks + mask)).size, pairs);
    assert.ok(spread(counts(dealt.map(({ image }) => image), images)) <= 1);
    assert.ok(spread(counts(dealt.map(({ mask }) => mask), masks)) <= 1);
  });
}

Deno.test("dealMasks() depends on the seed and on nothing else", () => {
  const options = { images: 20, masks: 12, pairs: 40 };
  const dealt = dealMasks({ ...options, seed: 1 });
  assert.deepEqual(dealMasks({ ...options, seed: 1 }), dealt);
  assert.notDeepEqual(dealMasks({ ...options, seed: 2 }), dealt);
});

Deno.test("dealMasks() refuses more pairs than there are", () => {
  assert.throws(
    () => dealMasks({ images: 3, masks: 2, pairs: 7, seed: 1 }),
    new RangeError("Cannot deal 7 pairs: 3 images and 2 masks make 6"),
  );
});

Deno.test("dealClasses() gives every class and every image its share", () => {
  const dealt = dealClasses({ images: 100, classes: 6, pairs: 120, seed: 1 });
  assert.deepEqual(counts(dealt.map((each) => each.class), 6), [20, 20, 20, 20, 20, 20]);
  assert.ok(spread(counts(dealt.map(({ image }) => image), 100)) <= 1);
  assert.deepEqual(dealClasses({ images: 100, classes: 6, pairs: 120, seed: 1 }), dealt);
  assert.notDeepEqual(dealClasses({ images: 100, classes: 6, pairs: 120, seed: 2 }), dealt);
});
