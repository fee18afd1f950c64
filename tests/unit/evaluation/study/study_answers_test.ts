import assert from "node:assert/strict";
import { InputError } from "../../../../src/errors.ts";
import { parseStudyAnswers } from "../../../../src/evaluation/study/study_answers.ts";
import { somePlan } from "./studies.ts";

const key = somePlan();
const unlimited = key.trials.find(({ experiment }) => experiment === "unlimited")!;
const limited = key.trials.find(({ experiment }) => experiment === "limited")!;

function document() {
  return {
    format: "picture-study-answers",
    version: 1,
    study: key.study,
    participant: "p-20260131-142530",
    startedAt: "2026-01-31T14:25:30.000Z",
    answers: [
      { trial: unlimited.id, choice: "left", responseMs: 2000, shownMs: null, views: 1 },
      { trial: limited.id, choice: "right", responseMs: 300, shownMs: 249.9, views: 2 },
    ],
  };
}

const parse = (value: unknown) => parseStudyAnswers(JSON.stringify(value), { name: "a.json", key });

Deno.test("parseStudyAnswers() reads a file of the page", () => {
  const { study, participant, startedAt, answers } = document();
  assert.deepEqual(parse(document()), { study, participant, startedAt, answers });
  assert.deepEqual(parse({ ...document(), answers: [] }).answers, []);
});

Deno.test("parseStudyAnswers() refuses other files in one line", () => {
  // deno-lint-ignore no-explicit-any
  const refuses = (damage: (value: any) => void, message: string) => {
    const value = document();
    damage(value);
    assert.throws(() => parse(value), (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.message, `Cannot read study answers "a.json": ${message}`);
      return true;
    });
  };
  refuses(
    (value) => value.study = "other",
    `it is of study "other", must be of "${key.study}", as the key is`,
  );
  refuses(
    (value) => value.format = "pconv-study-key",
    'format is "pconv-study-key", must be "picture-study-answers"',
  );
  refuses((value) => value.participant = 3, "participant is 3, must be a text");
  refuses((value) => value.startedAt = "noon", 'startedAt is "noon", must be a time');
  refuses((value) => value.answers = {}, "answers is {}, must be a list");
  refuses(
    (value) => value.answers[1].trial = "x",
    'answers[1].trial is "x", must be a trial of the key',
  );
  refuses(
    (value) => value.answers[1] = value.answers[0],
    `answers[1].trial is "${unlimited.id}", must be answered once`,
  );
  refuses(
    (value) => value.answers[0].choice = "both",
    'answers[0].choice is "both", must be "left" or "right"',
  );
  refuses(
    (value) => value.answers[0].responseMs = "1",
    'answers[0].responseMs is "1", must be a number from 0',
  );
  refuses(
    (value) => value.answers[0].shownMs = 3,
    "answers[0].shownMs is 3, must be null, for the trial has no limit of time",
  );
  refuses(
    (value) => value.answers[1].shownMs = null,
    "answers[1].shownMs is null, must be a number from 0",
  );
  refuses(
    (value) => value.answers[1].views = 0,
    "answers[1].views is 0, must be a whole number from 1",
  );
  refuses(
    (value) => value.answers[1].note = "",
    "answers[1].note is unknown, fields must be trial, choice, responseMs, shownMs, views",
  );
});
