import assert from "node:assert/strict";
import { STUDY_ORDER } from "../../../../src/report/study/study_order.ts";

interface Trial {
  readonly durationMs: number | null;
  readonly group: number;
}

const orderTrials = new Function(`${STUDY_ORDER}; return orderTrials;`)() as (
  trials: readonly Trial[],
  text: string,
) => Trial[];

/** Twelve within a limit of time and twelve without, of six photographs. */
const TRIALS = Array.from({ length: 24 }, (_, i) => ({
  durationMs: i % 2 === 0 ? null : 250,
  group: Math.floor(i / 2) % 6,
}));

Deno.test("orderTrials() puts trials in limited time first and keeps photographs apart in a block", () => {
  for (let name = 0; name < 50; name++) {
    const order = orderTrials(TRIALS, `s/${name}`);
    assert.deepEqual(new Set(order), new Set(TRIALS));
    assert.equal(order.length, 24);
    assert.ok(order.slice(0, 12).every(({ durationMs }) => durationMs === 250));
    for (const block of [order.slice(0, 12), order.slice(12)]) {
      assert.ok(block.every(({ group }, i) => i === 0 || group !== block[i - 1]!.group));
    }
  }
});

Deno.test("orderTrials() depends on the text alone, and on all of it", () => {
  const orderOf = (text: string) =>
    orderTrials(TRIALS, text).map((trial) => TRIALS.indexOf(trial)).join();
  assert.equal(orderOf("s/Anna"), orderOf("s/Anna"));
  const texts = ["s/Anna", "t/Anna", "s/anna", "s/Ben", "s/", "s/Anna2"];
  assert.equal(new Set(texts.map(orderOf)).size, texts.length);
});

Deno.test("orderTrials() gives every trial every place alike", () => {
  // 600 names, 12 places: 50 each, deviation 6.8; four deviations are 27.
  const trials = Array.from({ length: 12 }, (_, group) => ({ durationMs: null, group }));
  const counts = new Map<number, number>();
  for (let name = 0; name < 600; name++) {
    const place = orderTrials(trials, `s/${name}`).indexOf(trials[0]!);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  for (let place = 0; place < 12; place++) {
    assert.ok(Math.abs(counts.get(place)! - 50) < 27, `place ${place}: ${counts.get(place)}`);
  }
});

Deno.test("orderTrials() shows all of one photograph where there is no other", () => {
  const trials = Array.from({ length: 3 }, () => ({ durationMs: 250, group: 0 }));
  assert.equal(orderTrials(trials, "s").length, 3);
});
