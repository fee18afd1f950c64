import assert from "node:assert/strict";
import {
  dealTrials,
  type DealtTrial,
  type StudyCondition,
  type StudyPair,
} from "../../../../src/evaluation/study/deal_trials.ts";
import { createRandom } from "../../../../src/random.ts";

const methods = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`);

const limited = (count: number): StudyCondition[] =>
  methods(count).flatMap((method) =>
    [250, 1000, 4000].map((durationMs) => ({ sides: [method, "truth"] as const, durationMs }))
  );

const pairsOf = (count: number, nEvery = 2): StudyPair[] =>
  Array.from({ length: count }, (_, pair) => ({
    pair,
    border: pair % nEvery === 0 ? "N" : "B",
    bin: Math.floor(pair / 2) % 6,
  }));

/** Difference between the most and the least frequent value; values that should occur are named. */
function spread<Value>(values: readonly Value[], all: readonly Value[]): number {
  const counts = all.map((one) => values.filter((value) => value === one).length);
  return Math.max(...counts) - Math.min(...counts);
}

const deal = (conditions: StudyCondition[], pairs: StudyPair[], count: number, seed = 1) =>
  dealTrials({ conditions, pairs, count, uses: new Map(), random: createRandom(seed) });

Deno.test("dealTrials() deals methods, durations and border classes evenly, one more or less", () => {
  for (const count of [1, 7, 18, 23, 36, 50]) {
    for (const number of [1, 2, 3, 5]) {
      for (let seed = 0; seed < 5; seed++) {
        const dealt = deal(limited(number), pairsOf(40), count, seed);
        const note = `${count} trials, ${number} methods, seed ${seed}`;
        const of = (value: (trial: DealtTrial) => unknown) => dealt.map(value);
        assert.ok(spread(of((t) => t.condition.sides[0]), methods(number)) <= 1, note);
        assert.ok(spread(of((t) => t.condition.durationMs), [250, 1000, 4000]) <= 1, note);
        assert.ok(spread(of((t) => t.pair.border), ["N", "B"]) <= 1, note);
        assert.ok(spread(of((t) => t.isFirstLeft), [true, false]) <= 2, note);
        for (const method of methods(number)) {
          const own = dealt.filter((t) => t.condition.sides[0] === method);
          assert.ok(spread(own.map((t) => t.isFirstLeft), [true, false]) <= 1, note);
          assert.ok(spread(own.map((t) => t.pair.border), ["N", "B"]) <= 2, note);
          assert.ok(spread(own.map((t) => t.condition.durationMs), [250, 1000, 4000]) <= 2, note);
        }
      }
    }
  }
});

Deno.test("dealTrials() uses every pair as often as the others of its class, and all bins", () => {
  const dealt = deal(limited(2), pairsOf(24), 36);
  // 18 trials of a class meet 12 pairs: one or two each.
  assert.ok(spread(dealt.map((t) => t.pair.pair), [...Array(24).keys()]) <= 1);
  assert.ok(spread(dealt.map((t) => t.pair.bin), [0, 1, 2, 3, 4, 5]) <= 2);
});

Deno.test("dealTrials() never shows a comparison of a pair twice, up to all there are", () => {
  const dealt = deal(limited(2), pairsOf(7), 42);
  const names = dealt.map(({ condition, pair }) => JSON.stringify([condition, pair.pair]));
  assert.equal(new Set(names).size, 42);
  assert.throws(() => deal(limited(2), pairsOf(7), 43), RangeError);
});

Deno.test("dealTrials() goes on with the other class where one has run out, or is not there", () => {
  // One N of five pairs, one method: three comparisons of it exist.
  const dealt = deal(limited(1), pairsOf(5, 5), 12);
  assert.equal(dealt.filter(({ pair }) => pair.border === "N").length, 3);
  const only = pairsOf(4).filter(({ border }) => border === "B");
  assert.equal(deal(limited(1), only, 4).length, 4);
});

Deno.test("dealTrials() counts on from earlier uses", () => {
  const uses = new Map([[0, 5], [1, 5]]);
  const dealt = dealTrials({
    conditions: limited(1),
    pairs: pairsOf(4),
    count: 2,
    uses,
    random: createRandom(1),
  });
  assert.deepEqual(dealt.map(({ pair }) => pair.pair).sort(), [2, 3]);
  assert.deepEqual([uses.get(2), uses.get(3)], [1, 1]);
});
