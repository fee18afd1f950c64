import assert from "node:assert/strict";
import { readSettings } from "../../../src/cli/settings_file.ts";

const problemsOf = (value: unknown) => readSettings(JSON.stringify(value), "run.json").problems;

Deno.test("readSettings() takes right values as they are", () => {
  const settings = {
    recipe: "any name",
    steps: 100,
    learningRate: 1e-7,
    losses: { hole: { weight: 0 }, any: { weight: 0.05 } },
    freezes: [],
    preset: "tiny",
    maskRatio: [0, 0.5],
    maskDilate: [9, 9],
    validation: "photos/val",
    previews: 0,
  };
  assert.deepEqual(readSettings(JSON.stringify(settings), "run.json"), {
    settings,
    keys: new Set(Object.keys(settings)),
    problems: [],
  });
  assert.deepEqual(readSettings("{}", "run.json"), { settings: {}, keys: new Set(), problems: [] });
});

/** One wrong entry each, with what is said after `in "run.json": `. */
const WRONG: readonly (readonly [key: string, value: unknown, path: string, said: string])[] = [
  ["batch", "8", "batch", 'it is "8", must be a whole number from 1 to 1024'],
  ["batch", 0, "batch", "it is 0, must be a whole number from 1 to 1024"],
  ["batch", 1.5, "batch", "it is 1.5, must be a whole number from 1 to 1024"],
  ["steps", null, "steps", "it is null, must be a whole number of at least 1"],
  ["learningRate", true, "learningRate", "it is true, must be a number from 1e-9 to 1"],
  ["preset", "small", "preset", 'it is "small", must be "paper", "lite" or "tiny"'],
  ["images", "", "images", 'it is "", must be a text: DIR'],
  ["images", ["a"], "images", 'it is ["a"], must be a text: DIR'],
  [
    "maskRatio",
    "0.1,0.2",
    "maskRatio",
    'it is "0.1,0.2", must be [LO, HI], two numbers in rising order from 0 to 1',
  ],
  [
    "maskRatio",
    [0.2, 0.1],
    "maskRatio",
    "it is [0.2,0.1], must be [LO, HI], two numbers in rising order from 0 to 1",
  ],
  [
    "maskRatio",
    [0.2],
    "maskRatio",
    "it is [0.2], must be [LO, HI], two numbers in rising order from 0 to 1",
  ],
  [
    "maskDilate",
    [9, 49.5],
    "maskDilate",
    "it is [9,49.5], must be [LO, HI], two whole numbers in rising order from 0 to 255",
  ],
  ["losses", [], "losses", 'it is [], must be an object such as {"hole": {"weight": 6}}'],
  [
    "losses",
    { hole: "6" },
    "losses.hole",
    'it is "6", must be a weight such as 6 or {"weight": 6}',
  ],
  [
    "losses",
    { hole: -6 },
    "losses.hole",
    "it is -6, must be a number from 0 to 1000000",
  ],
  [
    "losses",
    { hole: { weight: -1 } },
    "losses.hole.weight",
    "it is -1, must be a number from 0 to 1000000",
  ],
  [
    "losses",
    { hole: { weight: 1, scale: 2 } },
    "losses.hole.scale",
    'it is unknown, must be "weight"',
  ],
  [
    "freezes",
    "encoder-batch-norm",
    "freezes",
    'it is "encoder-batch-norm", must be a list of names such as ["encoder-batch-norm"]',
  ],
  [
    "freezes",
    [1],
    "freezes",
    'it is [1], must be a list of names such as ["encoder-batch-norm"]',
  ],
];

for (const [key, value, path, said] of WRONG) {
  Deno.test(`readSettings() refuses ${JSON.stringify({ [key]: value })}`, () => {
    assert.deepEqual(problemsOf({ [key]: value }), [
      `Cannot use "${path}" in "run.json": ${said}`,
    ]);
  });
}

Deno.test("readSettings() names the key that was meant", () => {
  assert.deepEqual(problemsOf({ stpes: 1, "learning-rate": 1, loss: {}, output: "x" }), [
    'Unknown key "stpes" in "run.json": did you mean "steps"',
    'Unknown key "learning-rate" in "run.json": did you mean "learningRate"',
    'Unknown key "loss" in "run.json": did you mean "losses"',
    'Unknown key "output" in "run.json": it is no setting, must be given as --output',
  ]);
  const [problem] = problemsOf({ xyz: 1 });
  assert.match(problem!, /^Unknown key "xyz" in "run\.json": must be one of "recipe", "steps", /);
});

Deno.test("readSettings() tells all mistakes at once and keeps what is right", () => {
  const text =
    '{"steps": 5, "seed": -1,\n "losses": {"hole": {"weight": 2}, "valid": []},\n "steps": 6}';
  const { settings, keys, problems } = readSettings(text, "run.json");
  assert.deepEqual(settings, { steps: 6, losses: { hole: { weight: 2 } } });
  assert.deepEqual(keys, new Set(["steps", "seed", "losses"]));
  assert.deepEqual(problems, [
    'Cannot use "steps" in "run.json": it comes again in line 3, must come once',
    'Cannot use "seed" in "run.json": it is -1, must be a whole number of at least 0',
    'Cannot use "losses.valid" in "run.json": it is [], must be a weight such as 6 or {"weight": 6}',
  ]);
});

Deno.test("readSettings() names line and column of what is no JSON", () => {
  assert.deepEqual(readSettings('{\n  "steps": 5,\n}', "run.json").problems, [
    'Cannot read config file "run.json": line 3, column 1 has "}", must be a key in double quotes',
  ]);
});

Deno.test("readSettings() takes a number as the weight of a loss", () => {
  const { settings, problems } = readSettings('{"losses": {"hole": 3, "hle": 0}}', "run.json");
  assert.deepEqual(settings, { losses: { hole: { weight: 3 }, hle: { weight: 0 } } });
  assert.deepEqual(problems, []);
});

Deno.test("readSettings() counts every key as given where nothing could be read", () => {
  for (const text of ["{", "[1]"]) assert.ok(readSettings(text, "run.json").keys.has("images"));
});

Deno.test("readSettings() wants an object and shortens what it shows", () => {
  assert.deepEqual(readSettings("[1]", "run.json").problems, [
    'Cannot use config file "run.json": it holds [1], must be an object such as {"steps": 1000}',
  ]);
  const [problem] = problemsOf({ steps: "x".repeat(500) });
  assert.ok(problem!.length < 150, problem);
});
