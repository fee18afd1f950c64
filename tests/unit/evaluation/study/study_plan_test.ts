import assert from "node:assert/strict";
import { TRUTH } from "../../../../src/evaluation/study/study_plan.ts";
import { UsageError } from "../../../../src/errors.ts";
import { somePlan } from "./studies.ts";

const PAIRS = Array.from({ length: 4 }, (_, pair) => ({ pair, border: "N" as const, bin: 0 }));

Deno.test("planStudy() compares the first method with each other one, and each with the truth", () => {
  const { trials, focus } = somePlan();
  assert.equal(focus, "ours");
  const unlimited = trials.filter(({ experiment }) => experiment === "unlimited");
  const limited = trials.filter(({ experiment }) => experiment === "limited");
  assert.deepEqual([unlimited.length, limited.length], [8, 9]);
  const others = unlimited.map(({ left, right, durationMs }) => {
    assert.equal(durationMs, null);
    return [left.method, right.method].sort().join();
  });
  // Eight trials, two comparisons: four each.
  assert.equal(others.filter((sides) => sides === "ours,patchmatch").length, 4);
  assert.equal(others.filter((sides) => sides === "ours,telea").length, 4);
  const glances = limited.map(({ left, right, durationMs }) => {
    assert.equal([left.method, right.method].filter((method) => method === TRUTH).length, 1);
    return `${left.method === TRUTH ? right.method : left.method} ${durationMs}`;
  });
  // Nine trials, three methods, three durations.
  for (const count of ["ours", "telea", "patchmatch", " 250", " 1000", " 4000"]) {
    assert.equal(glances.filter((name) => name.includes(count)).length, 3, count);
  }
});

Deno.test("planStudy() shows the focus left as often as right", () => {
  const unlimited = somePlan({ limited: 0 }).trials;
  assert.equal(unlimited.filter(({ left }) => left.method === "ours").length, 4);
  const limited = somePlan({ unlimited: 0, limited: 18 }).trials;
  assert.equal(limited.filter(({ left }) => left.method === TRUTH).length, 9);
});

Deno.test("planStudy() compares every two methods, or those of another focus", () => {
  const sides = (focus: string | null) =>
    new Set(
      somePlan({ focus, limited: 0, unlimited: 12 }).trials.map(({ left, right }) =>
        [left.method, right.method].sort().join()
      ),
    );
  assert.deepEqual([...sides(null)].sort(), [
    "ours,patchmatch",
    "ours,telea",
    "patchmatch,telea",
  ]);
  assert.deepEqual([...sides("telea")].sort(), ["ours,telea", "patchmatch,telea"]);
});

Deno.test("planStudy() never shows a pair twice in a row", () => {
  for (let seed = 0; seed < 20; seed++) {
    const pairs = somePlan({ seed }).trials.map(({ pair }) => pair);
    assert.equal(pairs.some((pair, i) => i > 0 && pair === pairs[i - 1]), false);
  }
});

Deno.test("planStudy() gives the same plan for the same options, else another with another id", () => {
  assert.deepEqual(somePlan(), somePlan());
  const plans = [
    somePlan(),
    somePlan({ seed: 8 }),
    somePlan({ limited: 8 }),
    somePlan({ focus: null }),
    somePlan({ methods: ["ours", "telea", "ns"] }),
  ];
  assert.equal(new Set(plans.map(({ study }) => study)).size, 5);
});

Deno.test("planStudy() gives names that tell nothing", () => {
  const { trials } = somePlan({ unlimited: 20, limited: 80 });
  const pictures = trials.flatMap(({ left, right }) => [left, right]);
  for (const { picture } of pictures) assert.match(picture, /^[0-9a-f]{16}$/);
  for (const { id } of trials) assert.match(id, /^[0-9a-f]{12}$/);
  assert.equal(new Set(pictures.map(({ picture }) => picture)).size, 200);
  // The truth's name comes first in 80 trials as a coin falls: 40 ± 4.5, so 22 to 58 is four deviations.
  const limited = trials.filter(({ experiment }) => experiment === "limited");
  const first = limited.filter(({ left, right }) => {
    const [truth, other] = left.method === TRUTH ? [left, right] : [right, left];
    return truth.picture < other.picture;
  }).length;
  assert.ok(first >= 22 && first <= 58, String(first));
  // Sorted by name, methods stand mixed: 100 trials make 80 truths among 200, neighbours differ more than 60 times.
  const sorted = [...pictures].sort((a, b) => a.picture < b.picture ? -1 : 1);
  const changes =
    sorted.filter(({ method }, i) => i > 0 && method !== sorted[i - 1]!.method).length;
  assert.ok(changes > 60, String(changes));
});

Deno.test("planStudy() says what a study lacks", () => {
  const refuses = (options: Parameters<typeof somePlan>[0], message: RegExp) =>
    assert.throws(() => somePlan(options), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      return true;
    });
  refuses({ methods: ["ours"] }, /^Cannot plan study: there is 1 method, .* must have two$/);
  refuses(
    { methods: ["ours", "truth"] },
    /a method is called "truth", which names the photographs/,
  );
  refuses({ methods: ["ours", "ours"] }, /two methods have the same name/);
  refuses({ focus: "ns" }, /focus is "ns", must be one of ours, telea, patchmatch/);
  refuses({ unlimited: 0, limited: 0 }, /it has no trials/);
  // Two comparisons of four pairs.
  refuses(
    { pairs: PAIRS, unlimited: 9 },
    /9 trials without a limit of time are asked for, 2 comparisons of 4 pairs allow 8$/,
  );
  refuses(
    { pairs: PAIRS, limited: 37 },
    /37 trials in limited time are asked for, 9 comparisons of 4 pairs allow 36$/,
  );
  assert.equal(somePlan({ methods: ["ours"], unlimited: 0, limited: 3 }).trials.length, 3);
});

Deno.test("planStudy() refuses what no user can ask for", () => {
  assert.throws(() => somePlan({ unlimited: 1.5 }), RangeError);
  assert.throws(() => somePlan({ pairs: [PAIRS[0]!, PAIRS[0]!] }), RangeError);
});
