import assert from "node:assert/strict";
import {
  planDifferences,
  planSweep,
  type StoredPlan,
  storedPlan,
} from "../../../../src/commands/sweep/sweep_plan.ts";
import { UsageError } from "../../../../src/errors.ts";

const plan = (vary: readonly string[], mode?: "grid" | "random", trials?: number) =>
  planSweep({ vary, mode, trials, seed: 1 });

Deno.test("planSweep() makes a grid of lists", () => {
  assert.deepEqual(plan(["hole=3,6", "valid=1"]), {
    mode: "grid",
    vary: ["hole=3,6", "valid=1"],
    trials: [{ hole: 3, valid: 1 }, { hole: 6, valid: 1 }],
  });
});

Deno.test("planSweep() draws if there is a range, ten trials by default", () => {
  const { mode, trials } = plan(["hole=3,6", "valid=0.1:10:log"]);
  assert.equal(mode, "random");
  assert.equal(trials.length, 10);
  assert.equal(plan(["hole=0:1"], "random", 3).trials.length, 3);
  // Of four combinations no more than four can be drawn.
  assert.equal(plan(["hole=3,6", "valid=1,2"], "random", 9).trials.length, 4);
});

Deno.test("planSweep() tells every fault at once", () => {
  assert.throws(
    () => plan(["hole", "valid=1:2", "valid=3", "style-out=1:2"], "grid", 4),
    new UsageError(
      '--vary must be NAME=WEIGHT,WEIGHT,... or NAME=LOW:HIGH or NAME=LOW:HIGH:log: got "hole"\n' +
        'Cannot vary "valid" twice: each loss must come once\n' +
        'Cannot make a grid of "valid=1:2": it is a range, must be a list of weights\n' +
        'Cannot make a grid of "style-out=1:2": it is a range, must be a list of weights\n' +
        "Cannot use --trials with a grid: it has as many as there are combinations",
    ),
  );
  const ten = "1,2,3,4,5,6,7,8,9,10";
  assert.throws(
    () => plan([`a=${ten}`, `b=${ten}`, `c=${ten}`]),
    new UsageError("Cannot make a grid of 1000 trials: must be at most 999, or use --mode random"),
  );
});

const STORED: StoredPlan = {
  mode: "grid",
  vary: ["hole=3,6"],
  settings: { steps: 200, maskRatio: [0.1, 0.2], workers: 1, vgg: "vgg.safetensors" },
};

Deno.test("planDifferences() names what would give other results, and nothing else", () => {
  assert.deepEqual(planDifferences(STORED, structuredClone(STORED)), []);
  const { vgg: _, ...settings } = STORED.settings;
  const harmless = { workers: 4, reportEvery: 1, previews: 0 };
  assert.deepEqual(planDifferences(STORED, { ...STORED, settings: { ...settings, ...harmless } }), [
    '"vgg" was "vgg.safetensors", is not given',
  ]);
  assert.deepEqual(
    planDifferences(STORED, {
      mode: "random",
      vary: ["hole=3:6"],
      settings: { ...STORED.settings, steps: 500, maskRatio: [0.1, 0.3] },
    }),
    [
      '"mode" was "grid", is "random"',
      '"vary" was ["hole=3,6"], is ["hole=3:6"]',
      '"steps" was 200, is 500',
      '"maskRatio" was [0.1,0.2], is [0.1,0.3]',
    ],
  );
});

Deno.test("storedPlan() leaves out the trials, whose number may grow", () => {
  const asked = plan(["hole=0:1"], "random", 3);
  assert.deepEqual(Object.keys(storedPlan(asked, {} as never)), ["mode", "vary", "settings"]);
});
