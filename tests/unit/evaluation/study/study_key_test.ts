import assert from "node:assert/strict";
import { InputError } from "../../../../src/errors.ts";
import { formatStudyKey, parseStudyKey } from "../../../../src/evaluation/study/study_key.ts";
import { somePlan } from "./studies.ts";

Deno.test("parseStudyKey() reads what formatStudyKey() writes", () => {
  const pairs = (["below", 0, 5, "above"] as const).map((bin, pair) => ({
    pair,
    border: "B" as const,
    bin,
  }));
  for (const plan of [somePlan(), somePlan({ focus: null }), somePlan({ pairs, unlimited: 4 })]) {
    assert.deepEqual(parseStudyKey(formatStudyKey(plan), "key.json"), plan);
  }
});

Deno.test("formatStudyKey() gives the same bytes for the same plan, a trial a line", () => {
  const text = formatStudyKey(somePlan());
  assert.equal(text, formatStudyKey(somePlan()));
  assert.equal(text.split("\n").filter((line) => line.includes('"experiment"')).length, 17);
});

Deno.test("parseStudyKey() refuses damaged keys", () => {
  // deno-lint-ignore no-explicit-any
  const refuses = (damage: (key: any) => void, message: RegExp) => {
    const key = JSON.parse(formatStudyKey(somePlan()));
    damage(key);
    assert.throws(() => parseStudyKey(JSON.stringify(key), "key.json"), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      assert.match(error.message, /^Cannot read study key "key\.json": [^\n]*$/);
      return true;
    });
  };
  // deno-lint-ignore no-explicit-any
  const first = (key: any, experiment: string) =>
    key.trials.find((trial: { experiment: string }) => trial.experiment === experiment);
  refuses((key) => delete key.study, /study is missing, must be a text/);
  refuses((key) => key.extra = 1, /extra is unknown/);
  refuses((key) => key.focus = "ns", /focus is "ns", must be "ours" or/);
  refuses((key) => key.methods.push("ours"), /methods is .* must be different names/);
  refuses((key) => key.trials = [], /trials is \[\], must be a list of at least one/);
  refuses((key) => key.trials[3].pair = -1, /trials\[3\]\.pair is -1/);
  refuses((key) => key.trials[3].bin = 6, /trials\[3\]\.bin is 6/);
  refuses((key) => key.trials[3].border = "X", /trials\[3\]\.border is "X", must be "N" or "B"/);
  refuses((key) => key.trials[1].id = key.trials[0].id, /trials\[1\]\.id .* of one trial alone/);
  refuses(
    (key) => key.trials[1].right.picture = key.trials[0].left.picture,
    /trials\[1\]\.right\.picture .* of one trial alone/,
  );
  refuses((key) => first(key, "unlimited").durationMs = 250, /durationMs is 250, must be null/);
  refuses((key) => first(key, "limited").durationMs = null, /durationMs is null, must be a whole/);
  refuses((key) => first(key, "unlimited").left.method = "truth", /left\.method is "truth"/);
  refuses((key) => {
    const trial = first(key, "limited");
    trial.left.method = "ours";
    trial.right.method = "telea";
  }, /right is .* must be "truth", as left is not/);
  refuses((key) => {
    const trial = first(key, "unlimited");
    trial.left.method = trial.right.method;
  }, /must be of another method than left/);
});
