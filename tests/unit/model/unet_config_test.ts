import assert from "node:assert/strict";
import { UsageError } from "../../../src/errors.ts";
import {
  formatUNetConfig,
  HOLE_VALUES,
  parseUNetConfig,
  PRESETS,
  sizeMultiple,
} from "../../../src/model/unet_config.ts";

const ONE_LEVEL =
  '{"encoder":[{"kernel":3,"channels":4}],"base":"none","normalisation":"batch","range":"[0,1]"}';

Deno.test("formatUNetConfig() writes one line whose keys are always in one order", () => {
  const config = {
    range: "[0,1]",
    normalisation: "batch",
    base: "none",
    encoder: [{ channels: 4, kernel: 3 }],
  } as const;
  assert.equal(formatUNetConfig(config), ONE_LEVEL);
});

Deno.test("parseUNetConfig() keeps nothing that it does not know", () => {
  const text = ONE_LEVEL.replace('"base"', '"extra":1,"base"');
  assert.equal(formatUNetConfig(parseUNetConfig(text, "test")), ONE_LEVEL);
});

const TYPICAL = ONE_LEVEL.replace(
  '"range"',
  '"convolution":"typical","holeValue":"imagenet-mean","range"',
);

Deno.test("formatUNetConfig() is silent about partial convolutions, as files of before", () => {
  const config = parseUNetConfig(ONE_LEVEL, "test");
  assert.equal(config.convolution, undefined);
  const said = { ...config, convolution: "partial", holeValue: "imagenet-mean" } as const;
  assert.equal(formatUNetConfig(said), ONE_LEVEL);
  const read = parseUNetConfig(ONE_LEVEL.replace('"range"', '"convolution":"partial","range"'), "");
  assert.deepEqual(read, config);
});

Deno.test("formatUNetConfig() writes typical convolutions and their hole value", () => {
  const config = parseUNetConfig(TYPICAL, "test");
  assert.deepEqual([config.convolution, config.holeValue], ["typical", "imagenet-mean"]);
  assert.equal(formatUNetConfig(config), TYPICAL);
  const { holeValue: _, ...unsaid } = config;
  assert.equal(formatUNetConfig(unsaid), TYPICAL.replace("imagenet-mean", "grey"));
});

Deno.test("formatUNetConfig() writes what networks of others have, and parseUNetConfig() reads it", () => {
  const headed = ONE_LEVEL.replace('"range"', '"outputHead":"sigmoid","range"');
  assert.equal(parseUNetConfig(headed, "test").outputHead, "sigmoid");
  for (const text of [headed, ONE_LEVEL.replace("[0,1]", "imagenet")]) {
    assert.equal(formatUNetConfig(parseUNetConfig(text, "test")), text);
  }
});

Deno.test("HOLE_VALUES are 127.5 and the mean of ImageNet on the scale of rgb01", () => {
  assert.deepEqual(HOLE_VALUES.grey.map((value) => 255 * value), [127.5, 127.5, 127.5]);
  // torchvision's normalisation of ImageNet.
  assert.deepEqual(HOLE_VALUES["imagenet-mean"], [0.485, 0.456, 0.406]);
});

const REFUSALS: readonly (readonly [what: string, text: string, problem: string])[] = [
  ["text that is not JSON", "tiny", "it is not JSON"],
  ["nothing", "", "it is not JSON"],
  [
    "null, naming every fault",
    "null",
    'encoder must be a list of levels; base is nothing, must be "none" or "pyramid"; ' +
    'normalisation is nothing, must be "batch" or "none"; ' +
    'range is nothing, must be "[0,1]" or "[-1,1]" or "imagenet"',
  ],
  [
    "no levels",
    ONE_LEVEL.replace('{"kernel":3,"channels":4}', ""),
    "encoder must be a list of levels",
  ],
  [
    "an even kernel",
    ONE_LEVEL.replace('"kernel":3', '"kernel":4'),
    "level 1 has kernel 4, must be an odd whole number",
  ],
  [
    "a negative kernel",
    ONE_LEVEL.replace('"kernel":3', '"kernel":-3'),
    "level 1 has kernel -3, must be an odd whole number",
  ],
  [
    "a level that is no record",
    ONE_LEVEL.replace('{"kernel":3,"channels":4}', "null"),
    "level 1 has kernel nothing, must be an odd whole number; " +
    "level 1 has channels nothing, must be a whole number from 1",
  ],
  [
    "no channels",
    ONE_LEVEL.replace('"channels":4', '"channels":0'),
    "level 1 has channels 0, must be a whole number from 1",
  ],
  [
    "half a channel",
    ONE_LEVEL.replace('"channels":4', '"channels":0.5'),
    "level 1 has channels 0.5, must be a whole number from 1",
  ],
  [
    "an unknown base",
    ONE_LEVEL.replace("none", "telea"),
    'base is "telea", must be "none" or "pyramid"',
  ],
  [
    "an unknown normalisation",
    ONE_LEVEL.replace("batch", "group"),
    'normalisation is "group", must be "batch" or "none"',
  ],
  [
    "an unknown convolution",
    TYPICAL.replace("typical", "gated"),
    'convolution is "gated", must be "partial" or "typical"',
  ],
  [
    "an unknown hole value",
    TYPICAL.replace("imagenet-mean", "black"),
    'holeValue is "black", must be "grey" or "imagenet-mean"',
  ],
  [
    "typical convolutions without a hole value",
    TYPICAL.replace('"holeValue":"imagenet-mean",', ""),
    'holeValue is nothing, must be "grey" or "imagenet-mean"',
  ],
  [
    "typical convolutions over a base",
    TYPICAL.replace("none", "pyramid"),
    'typical convolutions have base "pyramid", must be "none"',
  ],
  [
    "an unknown range",
    ONE_LEVEL.replace("[0,1]", "[0,255]"),
    'range is "[0,255]", must be "[0,1]" or "[-1,1]" or "imagenet"',
  ],
  [
    "another range over a base",
    ONE_LEVEL.replace("[0,1]", "[-1,1]").replace("none", "pyramid"),
    'range is "[-1,1]", must be "[0,1]" over a base or with typical convolutions',
  ],
  [
    "another range with typical convolutions",
    TYPICAL.replace("[0,1]", "imagenet"),
    'range is "imagenet", must be "[0,1]" over a base or with typical convolutions',
  ],
  [
    "an unknown output head",
    ONE_LEVEL.replace('"range"', '"outputHead":"tanh","range"'),
    'outputHead is "tanh", must be "sigmoid"',
  ],
  ...["none", "[0,1]"].map((word) =>
    [
      `an output head where "${word}" is another`,
      ONE_LEVEL.replace('"range"', '"outputHead":"sigmoid","range"')
        .replace(word, word === "none" ? "pyramid" : "imagenet"),
      'an outputHead needs base "none", partial convolutions and range "[0,1]"',
    ] as const
  ),
];

for (const [what, text, problem] of REFUSALS) {
  Deno.test(`parseUNetConfig() refuses ${what}`, () => {
    assert.throws(() => parseUNetConfig(text, 'weights "w"'), (error: Error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, `Cannot read the network config of weights "w": ${problem}`);
      if (problem === "it is not JSON") assert.ok(error.cause instanceof SyntaxError);
      return true;
    });
  });
}

Deno.test("the paper preset is the encoder of Table 2, on its own", () => {
  const { encoder, base, normalisation } = PRESETS.paper;
  assert.deepEqual(encoder.map(({ kernel }) => kernel), [7, 5, 5, 3, 3, 3, 3, 3]);
  assert.deepEqual(encoder.map(({ channels }) => channels), [
    64,
    128,
    256,
    512,
    512,
    512,
    512,
    512,
  ]);
  assert.deepEqual([base, normalisation], ["none", "batch"]);
});

Deno.test("sizeMultiple() is 2 to the number of levels", () => {
  assert.equal(sizeMultiple(PRESETS.tiny), 8);
  assert.equal(sizeMultiple(PRESETS.paper), 256);
});
