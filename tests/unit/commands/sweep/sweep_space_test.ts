import assert from "node:assert/strict";
import fc from "fast-check";
import {
  drawTrials,
  formatDimension,
  gridOf,
  parseDimension,
} from "../../../../src/commands/sweep/sweep_space.ts";

Deno.test("parseDimension() reads lists and ranges", () => {
  assert.deepEqual(parseDimension("style-out=60,120,2.4e2,60"), {
    loss: "style-out",
    values: [60, 120, 240],
  });
  assert.deepEqual(parseDimension("hole=0"), { loss: "hole", values: [0] });
  assert.deepEqual(parseDimension("perceptual=0.05:0.5:log"), {
    loss: "perceptual",
    low: 0.05,
    high: 0.5,
    isLog: true,
  });
  assert.deepEqual(parseDimension("hole=0:12"), { loss: "hole", low: 0, high: 12, isLog: false });
});

const BAD = [
  "hole",
  "=1,2",
  "hole=",
  "hole=1,",
  "hole=-1",
  "hole=1,b",
  "hole=1000001",
  "hole=6:3",
  "hole=3:3",
  "hole=0:3:log",
  "hole=1:2:lin",
  "hole=1:2:log:3",
  "hole=1,2:3",
  "hole=:3",
];

for (const text of BAD) {
  Deno.test(`parseDimension() refuses "${text}"`, () => {
    assert.equal(parseDimension(text), undefined);
  });
}

Deno.test("formatDimension() writes what parseDimension() reads", () => {
  for (const text of ["hole=3,6,12", "style-out=0.5:240", "perceptual=0.05:0.5:log"]) {
    assert.equal(formatDimension(parseDimension(text)!), text);
  }
});

Deno.test("gridOf() makes all combinations, the last list changing fastest", () => {
  assert.deepEqual(gridOf([{ loss: "a", values: [1, 2] }, { loss: "b", values: [3, 4, 5] }]), [
    { a: 1, b: 3 },
    { a: 1, b: 4 },
    { a: 1, b: 5 },
    { a: 2, b: 3 },
    { a: 2, b: 4 },
    { a: 2, b: 5 },
  ]);
});

const dimensions = [
  { loss: "list", values: [1, 2, 3] },
  { loss: "even", low: 10, high: 20, isLog: false },
  { loss: "log", low: 0.01, high: 100, isLog: true },
];

Deno.test("drawTrials() gives different trials inside the limits, the same for the same seed", () => {
  const trials = drawTrials(dimensions, { seed: 7, count: 50 });
  assert.equal(new Set(trials.map((trial) => JSON.stringify(trial))).size, 50);
  for (const { list, even, log } of trials) {
    assert.ok([1, 2, 3].includes(list!));
    assert.ok(even! >= 10 && even! <= 20 && log! >= 0.01 && log! <= 100);
    assert.equal(Number(log!.toPrecision(4)), log);
  }
  assert.deepEqual(drawTrials(dimensions, { seed: 7, count: 50 }), trials);
  assert.deepEqual(drawTrials(dimensions, { seed: 7, count: 5 }), trials.slice(0, 5));
  assert.notDeepEqual(drawTrials(dimensions, { seed: 8, count: 50 }), trials);
});

Deno.test("drawTrials() draws evenly: half of the weights below the middle of a range", () => {
  // Of 400 fair coins between 160 and 240 are heads but for one case in ten thousand.
  const trials = drawTrials(dimensions, { seed: 3, count: 400 });
  for (const [loss, middle] of [["even", 15], ["log", 1]] as const) {
    const below = trials.filter((trial) => trial[loss]! < middle).length;
    assert.ok(below > 160 && below < 240, `${loss}: ${below}`);
  }
});

Deno.test("drawTrials() ends when lists are used up", () => {
  const lists = [{ loss: "a", values: [1, 2] }, { loss: "b", values: [3, 4, 5] }];
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const trials = drawTrials(lists, { seed, count: 10 });
      const inOrder = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();
      assert.deepEqual(inOrder(trials), inOrder(gridOf(lists)));
    }),
    { seed: 1, numRuns: 20 },
  );
});
