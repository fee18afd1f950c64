import assert from "node:assert/strict";
import {
  CROP_DEFAULTS,
  makeTask,
  type RunSettings,
  taskSpec,
} from "../../../../src/commands/train/run_settings.ts";
import { UsageError } from "../../../../src/errors.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { catalog } from "../../../../tasks/mod.ts";

const SETTINGS: RunSettings = {
  recipe: "reconstruction",
  images: "photos",
  size: 32,
  batch: 4,
  seed: 1,
  replicas: 1,
  maskRatio: [0.01, 0.6],
  maskPolarity: "auto",
  maskDilate: [9, 49],
  latticeShare: 0,
  scales: [2, 8],
  validation: "auto",
  validateEvery: 500,
  validationCount: 100,
  previews: 4,
  checkpointEvery: 500,
  reportEvery: 50,
  workers: 1,
};

Deno.test("makeTask() makes the recipe's task and changes only what is set", () => {
  const usual = makeTask(catalog, SETTINGS);
  assert.equal(usual.name, "reconstruction");
  assert.equal(usual.steps, catalog.recipes.get("reconstruction")!().steps);
  const short = makeTask(catalog, { ...SETTINGS, steps: 1, learningRate: 0.5 });
  assert.equal(short.steps, 1);
  assert.equal(short.learningRate(0), 0.5);
});

Deno.test("makeTask() names the recipe that was meant", () => {
  assert.throws(
    () => makeTask(catalog, { ...SETTINGS, recipe: "reconstructoin" }),
    new UsageError('Unknown recipe "reconstructoin": did you mean "reconstruction"'),
  );
});

Deno.test("taskSpec() takes of the settings what decides the task", () => {
  assert.deepEqual(taskSpec(SETTINGS), { recipe: "reconstruction" });
  const spec = {
    recipe: "refine",
    steps: 3,
    learningRate: 1e-3,
    losses: { hole: { weight: 6 } },
    freezes: [],
  };
  assert.deepEqual(taskSpec({ ...SETTINGS, ...spec }), spec);
});

Deno.test("CROP_DEFAULTS know every preset", () => {
  assert.deepEqual(Object.keys(CROP_DEFAULTS), Object.keys(PRESETS));
});
