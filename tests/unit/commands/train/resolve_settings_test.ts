import assert from "node:assert/strict";
import { parse } from "../../../../src/cli/parse.ts";
import { readSettings } from "../../../../src/cli/settings_file.ts";
import { SETTINGS } from "../../../../src/cli/settings_table.ts";
import {
  completeSettings,
  defaultSettings,
  formatSettings,
  networkOf,
  overlay,
  resumedSettings,
  type SomeSettings,
  type TrainingLine,
  typedSettings,
} from "../../../../src/commands/train/resolve_settings.ts";
import type { RunSettings } from "../../../../src/commands/train/run_settings.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";

/** A command line, read. */
function lineOf(text: string): TrainingLine {
  const invocation = parse(text.split(" "));
  assert.equal(invocation.kind, "run");
  return (invocation as { parsed: unknown }).parsed as TrainingLine;
}

const TRAIN = "train --images photos -o run";

/** Settings of `TRAIN` alone. */
const USUAL = {
  recipe: "refine",
  preset: "lite",
  base: "pyramid",
  convolution: "partial",
  images: "photos",
  size: 128,
  batch: 8,
  seed: 1,
  replicas: 1,
  workers: 1,
  maskRatio: [0.01, 0.6],
  maskPolarity: "auto",
  maskDilate: [9, 49],
  latticeShare: 0,
  scales: [2, 8],
  validation: "auto",
  validateEvery: 500,
  validationCount: 100,
  previews: 4,
  checkpointEvery: 100,
  reportEvery: 50,
} as const satisfies RunSettings;

/** The compiler wants each key that there is. */
const EVERY: Required<RunSettings> = {
  ...USUAL,
  steps: 7,
  learningRate: 1e-4,
  losses: { hole: { weight: 6.5 } },
  freezes: [],
  holeValue: "grey",
  weights: "pconv-lite",
  masks: 'a "quoted" folder',
  vgg: "vgg.safetensors",
  keepEvery: 1000,
};

const complete = (some: SomeSettings, command: "train" | "finetune" = "train") =>
  completeSettings(some, command, networkOf(some));

Deno.test("every key of RunSettings is a setting of config files", () => {
  assert.deepEqual(
    Object.keys(EVERY).toSorted(),
    SETTINGS.map(({ key }) => key as string).toSorted(),
  );
});

Deno.test("typedSettings() takes what was typed and no defaults", () => {
  const line = lineOf(`${TRAIN} --loss hole=5 --loss style-out=0 --freeze none --seed 1`);
  assert.deepEqual(typedSettings(line), {
    images: "photos",
    losses: { "hole": { weight: 5 }, "style-out": { weight: 0 } },
    freezes: [],
    seed: 1,
  });
  const two = typedSettings(lineOf(`${TRAIN} --freeze a --freeze b`));
  assert.deepEqual(two.freezes, ["a", "b"]);
});

Deno.test("defaultSettings() has the settings that do not hang on others", () => {
  const { seed, checkpointEvery, ...rest } = defaultSettings();
  assert.deepEqual([seed, checkpointEvery], [1, 100]);
  for (const key of ["images", "batch", "losses", "freezes", "steps", "recipe"]) {
    assert.ok(!(key in rest), key);
  }
});

Deno.test("overlay() lets flags win and merges losses by name", () => {
  const file: SomeSettings = {
    steps: 10,
    batch: 2,
    losses: { hole: { weight: 1 }, valid: { weight: 2 } },
    freezes: ["encoder-batch-norm"],
  };
  assert.deepEqual(overlay(file, { batch: 4, losses: { hole: { weight: 3 } }, freezes: [] }), {
    steps: 10,
    batch: 4,
    losses: { hole: { weight: 3 }, valid: { weight: 2 } },
    freezes: [],
  });
});

Deno.test("overlay() lets weights that are typed take the place of the file's network", () => {
  const file: SomeSettings = { preset: "tiny", base: "none", convolution: "partial", batch: 2 };
  assert.deepEqual(overlay(file, { weights: "w" }), { batch: 2, weights: "w" });
  // The other way round it stays, and is refused later as a contradiction.
  assert.deepEqual(overlay({ weights: "w" }, { preset: "tiny" }), { weights: "w", preset: "tiny" });
});

Deno.test("networkOf() changes of the preset what is set", () => {
  assert.deepEqual(networkOf({}), PRESETS.lite);
  assert.deepEqual(networkOf({ preset: "tiny", base: "pyramid" }), {
    ...PRESETS.tiny,
    base: "pyramid",
  });
  const typical = { convolution: "typical", base: "none" } as const;
  const expected = { ...PRESETS.lite, ...typical, holeValue: "grey" };
  assert.deepEqual(networkOf({ convolution: "typical" }), expected);
  assert.deepEqual(networkOf({ recipe: "conv" }), expected);
  assert.deepEqual(networkOf({ recipe: "conv", holeValue: "imagenet-mean" }), {
    ...expected,
    holeValue: "imagenet-mean",
  });
});

Deno.test("completeSettings() fills in defaults of flags, preset, base and command", () => {
  assert.deepEqual(complete({ images: "photos" }), USUAL);
  const tiny = complete({ preset: "tiny" });
  assert.deepEqual([tiny.size, tiny.batch, tiny.recipe, tiny.base], [
    32,
    4,
    "reconstruction",
    "none",
  ]);
  assert.equal(complete({ preset: "paper" }).recipe, "pconv-initial");
  assert.equal(complete({ preset: "paper" }, "finetune").recipe, "pconv-finetune");
  assert.equal(complete({ preset: "tiny" }, "finetune").recipe, "reconstruction-finetune");
  assert.equal(complete({}, "finetune").recipe, "refine-finetune");
  assert.deepEqual(complete({ ...USUAL, size: 64, recipe: "x" }), {
    ...USUAL,
    size: 64,
    recipe: "x",
  });
});

Deno.test("completeSettings() makes three of four crops lattices for recipes that enlarge", () => {
  for (const recipe of ["superres", "superres-finetune"]) {
    const { latticeShare, scales } = complete({ recipe, weights: "w" });
    assert.deepEqual([latticeShare, scales], [0.75, [2, 8]]);
  }
  assert.equal(complete({ recipe: "superres", latticeShare: 0 }).latticeShare, 0);
  assert.equal(complete({ recipe: "refine", latticeShare: 0.5 }).latticeShare, 0.5);
  // A run from before there were any goes on without.
  const { latticeShare: _1, scales: _2, ...old } = { ...USUAL, recipe: "superres" };
  assert.equal(resumedSettings(old, {}).latticeShare, 0);
});

Deno.test("completeSettings() leaves the network to weights", () => {
  const { preset: _1, base: _2, convolution: _3, ...rest } = USUAL;
  assert.deepEqual(complete({ images: "photos", weights: "w" }), { ...rest, weights: "w" });
  const { size, batch, recipe } = completeSettings({ weights: "w" }, "finetune", PRESETS.paper);
  assert.deepEqual([size, batch, recipe], [512, 6, "pconv-finetune"]);
  const own = { ...PRESETS.tiny, encoder: PRESETS.tiny.encoder.slice(1) };
  assert.equal(completeSettings({ weights: "w" }, "train", own).size, 128);
});

Deno.test("resumedSettings() keeps what is stored, takes what is typed, fills in what is lacking", () => {
  const stored = { ...USUAL, losses: { hole: { weight: 5 } }, replicas: 3, reportEvery: 7 };
  const line = lineOf("train --resume run --steps 9 --loss valid=2 --batch 4");
  assert.deepEqual(resumedSettings(stored, typedSettings(line)), {
    ...stored,
    steps: 9,
    batch: 4,
    losses: { hole: { weight: 5 }, valid: { weight: 2 } },
  });
  const { validation: _1, previews: _2, ...old } = USUAL;
  assert.deepEqual(resumedSettings(old, {}), USUAL);
});

Deno.test("formatSettings() writes a config file that says the same, in the order of the table", () => {
  for (const settings of [USUAL, EVERY]) {
    const { settings: read, problems } = readSettings(formatSettings(settings), "run.json");
    assert.deepEqual(problems, []);
    assert.deepEqual(read, settings);
  }
  const shuffled = Object.fromEntries(Object.entries(EVERY).reverse());
  assert.equal(formatSettings(shuffled), formatSettings(EVERY));
  assert.equal(
    formatSettings({ images: "", seed: 3, steps: 2 }),
    '{\n  "steps": 2,\n  "seed": 3\n}',
  );
});
