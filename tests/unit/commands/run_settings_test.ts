import assert from "node:assert/strict";
import { makeTask, recipeOptions, type RunSettings } from "../../../src/commands/run_settings.ts";
import { UsageError } from "../../../src/errors.ts";
import { catalog } from "../../../tasks/mod.ts";

const SETTINGS: RunSettings = {
  recipe: "reconstruction",
  steps: undefined,
  learningRate: undefined,
  images: "photos",
  size: 32,
  batch: 4,
  seed: 1,
  replicas: 1,
  maskRatio: [0.01, 0.6],
};

Deno.test("makeTask() makes the recipe's task and changes only what is set", () => {
  const usual = makeTask(catalog, SETTINGS);
  assert.equal(usual.name, "reconstruction");
  assert.equal(usual.steps, catalog.recipes.get("reconstruction")!().steps);
  const short = makeTask(catalog, { ...SETTINGS, steps: 1, learningRate: 0.5 });
  assert.equal(short.steps, 1);
  assert.equal(short.learningRate(0), 0.5);
  assert.deepEqual(recipeOptions(SETTINGS), {});
  assert.deepEqual(recipeOptions({ ...SETTINGS, steps: 7 }), { steps: 7 });
});

Deno.test("makeTask() names the recipe that was meant", () => {
  assert.throws(
    () => makeTask(catalog, { ...SETTINGS, recipe: "reconstructoin" }),
    new UsageError('Unknown recipe "reconstructoin": did you mean "reconstruction"'),
  );
});
