import assert from "node:assert/strict";
import type { StudyAnswer } from "../../../../src/evaluation/study/study_answers.ts";
import {
  type StudyPlan,
  type StudyTrial,
  TRUTH,
} from "../../../../src/evaluation/study/study_plan.ts";
import { studyResults, type StudyRow } from "../../../../src/evaluation/study/study_results.ts";
import { wilsonInterval } from "../../../../src/evaluation/study/wilson_interval.ts";

function trial(
  id: string,
  [left, right]: readonly [string, string],
  rest: Pick<StudyTrial, "border" | "bin" | "durationMs">,
): StudyTrial {
  return {
    id,
    experiment: rest.durationMs === null ? "unlimited" : "limited",
    pair: 0,
    left: { picture: `${id}l`, method: left },
    right: { picture: `${id}r`, method: right },
    ...rest,
  };
}

const KEY: StudyPlan = {
  study: "s",
  seed: 1,
  methods: ["a", "b", "c"],
  focus: "a",
  trials: [
    trial("u1", ["a", "b"], { border: "N", bin: 0, durationMs: null }),
    trial("u2", ["b", "a"], { border: "N", bin: 1, durationMs: null }),
    trial("u3", ["a", "b"], { border: "B", bin: 1, durationMs: null }),
    trial("u4", ["c", "a"], { border: "B", bin: "above", durationMs: null }),
    trial("l1", [TRUTH, "a"], { border: "N", bin: 0, durationMs: 1000 }),
    trial("l2", ["a", TRUTH], { border: "B", bin: 0, durationMs: 1000 }),
    trial("l3", [TRUTH, "c"], { border: "B", bin: 0, durationMs: 250 }),
  ],
};

const answer = (trial: string, choice: "left" | "right", more: Partial<StudyAnswer> = {}) => ({
  trial,
  choice,
  responseMs: 1000,
  shownMs: KEY.trials.find(({ id }) => id === trial)!.durationMs,
  views: 1,
  ...more,
});

const file = (participant: string, answers: StudyAnswer[]) => ({
  study: "s",
  participant,
  startedAt: "2026-01-31T14:25:30Z",
  answers,
});

/** "over border bin durationMs: chosen/count". */
const brief = ({ over, border, bin, durationMs, chosen, count }: StudyRow) =>
  `${over} ${border} ${bin} ${durationMs}: ${chosen}/${count}`;

Deno.test("studyResults() counts how often the focus and the truth are preferred", () => {
  const { unlimited, limited, answers, participants, excluded, trials } = studyResults(KEY, [
    file("p", [
      answer("u1", "left"), // a over b, N
      answer("u2", "left"), // b over a, N
      answer("u3", "left"), // a over b, B
      answer("u4", "left"), // c over a, B
      answer("l1", "left"), // the truth
      answer("l2", "left"), // a
      answer("l3", "left"), // the truth
    ]),
    file("q", [
      answer("u1", "left", { responseMs: 4000 }), // a over b, N
      answer("l1", "left", { responseMs: 400 }), // the truth
    ]),
  ]);
  assert.deepEqual({ answers, participants, trials }, { answers: 9, participants: 2, trials: 7 });
  assert.deepEqual(excluded, { shown: 0, early: 0, repeated: 0 });
  // a against b: N is a, b, a; B is a. Bin 0 has u1 twice; bin 1 has u2 (b) and u3 (a).
  assert.deepEqual(unlimited.map(brief), [
    "b both all null: 3/4",
    "b both 0 null: 2/2",
    "b both 1 null: 1/2",
    "b N all null: 2/3",
    "b N 0 null: 2/2",
    "b N 1 null: 0/1",
    "b B all null: 1/1",
    "b B 1 null: 1/1",
    "c both all null: 0/1",
    "c both above null: 0/1",
    "c B all null: 0/1",
    "c B above null: 0/1",
  ]);
  assert.ok(unlimited.every(({ preferred }) => preferred === "a"));
  assert.deepEqual(limited.filter(({ bin }) => bin === "all").map(brief), [
    "a both all 1000: 2/3",
    "a N all 1000: 2/2",
    "a B all 1000: 0/1",
    "c both all 250: 1/1",
    "c B all 250: 1/1",
  ]);
  assert.ok(limited.every(({ preferred }) => preferred === TRUTH));
  const [first] = unlimited;
  const [low, high] = wilsonInterval(3, 4);
  assert.equal(first!.rate, 0.75);
  assert.deepEqual([first!.low, first!.high], [low, high]);
  // (1000 + 1000 + 1000 + 4000) / 4
  assert.equal(first!.meanResponseMs, 1750);
  // (1000 + 1000 + 400) / 3
  assert.equal(limited[0]!.meanResponseMs, 800);
});

Deno.test("studyResults() leaves out what was not seen as planned, chosen blindly or given twice", () => {
  const { answers, excluded, participants, unlimited } = studyResults(KEY, [
    file("p", [
      answer("l1", "left", { shownMs: 1051 }), // 51 ms too long
      answer("l2", "left", { shownMs: 949 }), // 51 ms too short
      answer("l3", "left", { views: 2 }), // seen twice
      answer("u1", "left", { responseMs: 199 }), // too early
    ]),
    file("q", [
      answer("l1", "left", { shownMs: 1050, responseMs: 0 }), // counts: 50 ms, and one may answer at once
      answer("u1", "left", { responseMs: 200 }), // counts
      answer("u2", "right", { views: 2 }), // counts: no limit of time
    ]),
    file("q", [answer("u1", "right"), answer("u3", "left")]), // the first again, the second counts
  ]);
  assert.deepEqual(excluded, { shown: 3, early: 1, repeated: 1 });
  assert.deepEqual([answers, participants], [4, 2]);
  assert.equal(brief(unlimited[0]!), "b both all null: 3/3");
});

Deno.test("studyResults() of a study without a focus counts for the method that stands first", () => {
  const key = {
    ...KEY,
    focus: null,
    trials: [
      ...KEY.trials,
      trial("u5", ["c", "b"], { border: "N", bin: 0, durationMs: null }),
    ],
  };
  const { unlimited } = studyResults(key, [
    file("p", [
      answer("u2", "right"), // a over b
      { ...answer("u1", "left"), trial: "u5", shownMs: null }, // c over b
    ]),
  ]);
  const all = unlimited.filter(({ border, bin }) => border === "both" && bin === "all");
  assert.deepEqual(
    all.map((row) => `${row.preferred}/${brief(row)}`),
    ["a/b both all null: 1/1", "b/c both all null: 0/1"],
  );
});

Deno.test("studyResults() of no answers has no rows", () => {
  const { unlimited, limited, participants } = studyResults(KEY, []);
  assert.deepEqual({ unlimited, limited, participants }, {
    unlimited: [],
    limited: [],
    participants: 0,
  });
});
