import assert from "node:assert/strict";
import { parse } from "../../../../src/cli/parse.ts";
import { settingsFaults } from "../../../../src/commands/train/check_settings.ts";
import {
  completeSettings,
  networkOf,
  overlay,
  type SomeSettings,
  type TrainingLine,
  typedSettings,
} from "../../../../src/commands/train/resolve_settings.ts";
import { catalog } from "../../../../tasks/mod.ts";

/** Faults of a command line with a config file, as if its text had been read without mistakes. */
function faultsOf(text: string, file?: SomeSettings, keys = Object.keys(file ?? {})): string[] {
  const invocation = parse(text.split(" "));
  assert.equal(invocation.kind, "run");
  const line = (invocation as { parsed: unknown }).parsed as TrainingLine;
  const typed = typedSettings(line);
  const given = overlay(file ?? {}, typed);
  return settingsFaults({
    catalog,
    settings: completeSettings(given, line.command, networkOf(given)),
    given,
    typed,
    needed: line.command === "train" ? ["images"] : ["images", "weights"],
    ...(file === undefined ? {} : { file: { name: "run.json", keys: new Set(keys) } }),
  });
}

const TRAIN = "train --images photos -o run";
const CONFIG = "train --config run.json --images photos -o run";

/** A command line, perhaps a file, and what is said. */
const CASES: readonly (readonly [string, SomeSettings | undefined, readonly string[]])[] = [
  [`${TRAIN} --recipe reconstructoin`, undefined, [
    'Unknown recipe "reconstructoin": did you mean "reconstruction"',
  ]],
  [CONFIG, { recipe: "refin", freezes: ["encoder-batchnorm"] }, [
    'Unknown recipe "refin" in "run.json": did you mean "refine"',
    'Unknown freeze "encoder-batchnorm" in "run.json": did you mean "encoder-batch-norm"',
  ]],
  // The flag takes the place of the file's mistake.
  [`${CONFIG} --recipe refine`, { recipe: "refin" }, []],
  [`${CONFIG} --loss holl=1`, { losses: { vald: { weight: 1 } } }, [
    'Unknown loss "vald" in "run.json": did you mean "valid"',
    'Unknown loss "holl": did you mean "hole"',
  ]],
  [CONFIG, { weights: "w", preset: "lite" }, [
    'Cannot use "preset" with "weights" in "run.json": the weights fix the network',
  ]],
  [`${CONFIG} --preset lite --base none`, { weights: "w" }, [
    'Cannot use --preset with "weights" in "run.json": the weights fix the network',
    'Cannot use --base with "weights" in "run.json": the weights fix the network',
  ]],
  [`${CONFIG} --weights w`, { preset: "lite" }, []],
  [`${TRAIN} --convolution typical`, undefined, []],
  [`${TRAIN} --convolution typical --base pyramid`, undefined, [
    'Cannot use --base with --convolution: base is "pyramid", must be "none" for typical convolutions',
  ]],
  [`${TRAIN} --recipe conv --base pyramid`, undefined, [
    'Cannot use --base with --recipe: base is "pyramid", must be "none" for typical convolutions',
  ]],
  [`${TRAIN} --recipe conv --convolution partial`, undefined, [
    'Cannot use --convolution with --recipe: convolution is "partial", must be "typical" for ' +
    'recipe "conv"',
  ]],
  [`${TRAIN} --hole-value grey`, undefined, [
    'Cannot use --hole-value: convolution is "partial", must be "typical"',
  ]],
  [`${TRAIN} --recipe conv --hole-value imagenet-mean`, undefined, []],
  [`${TRAIN} --mask-ratio 0.2,1`, undefined, [
    "Cannot use --mask-ratio 0.2,1: the upper bound is 1, must be above 0 and below 1",
  ]],
  [CONFIG, { maskRatio: [0, 0] }, [
    'Cannot use "maskRatio" in "run.json" 0,0: the upper bound is 0, must be above 0 and below 1',
  ]],
  [`${TRAIN} --batch 2 --replicas 3`, undefined, [
    "Cannot share a batch of 2 between 3 replicas: --replicas must not exceed --batch",
  ]],
  [`${CONFIG} --batch 2`, { replicas: 3 }, [
    'Cannot share a batch of 2 between 3 replicas: "replicas" in "run.json" must not exceed --batch',
  ]],
  [`${TRAIN} --mask-polarity white --mask-dilate 0,0`, undefined, [
    "Cannot use --mask-polarity without --masks: made masks have no files",
    "Cannot use --mask-dilate without --masks: made masks have no files",
  ]],
  [`${CONFIG} --mask-polarity white`, { masks: "masks" }, []],
  [CONFIG, { maskPolarity: "white", maskDilate: [0, 0] }, []],
  [`${TRAIN} --scales 2,4`, undefined, [
    "Cannot use --scales: --lattice-share is 0, must be above 0",
  ]],
  [`${CONFIG} --scales 2,4`, { latticeShare: 0 }, [
    'Cannot use --scales: "latticeShare" in "run.json" is 0, must be above 0',
  ]],
  [`${TRAIN} --scales 2,4 --lattice-share 0.5`, undefined, []],
  [`${TRAIN} --scales 2,4 --recipe superres`, undefined, []],
  [CONFIG, { scales: [2, 4] }, []],
  [`${TRAIN} --validation ./photos/`, undefined, [
    'Cannot validate on "./photos/" and train on "photos": --validation must be another folder ' +
    "than --images",
  ]],
  [CONFIG, { validation: "." }, [
    'Cannot validate on "." and train on "photos": "validation" in "run.json" must be another ' +
    "folder than --images",
  ]],
  [`${TRAIN} --validation photos/held`, undefined, []],
  [`${TRAIN} --validation photographs`, undefined, []],
  [`${TRAIN} --validation none`, undefined, []],
  ["train --config run.json -o run", {}, ['Missing --images DIR or "images" in "run.json"']],
  ["train --dry-run", undefined, ["Missing --images DIR"]],
  ["finetune --config run.json -o run", { images: "photos" }, [
    'Missing --weights NAME|FILE or "weights" in "run.json"',
  ]],
  ["finetune --config run.json -o run", { images: "photos", weights: "w" }, []],
];

for (const [line, file, faults] of CASES) {
  const title = file === undefined ? line : `${line} with ${JSON.stringify(file)}`;
  Deno.test(`settingsFaults() of ${title}`, () => {
    assert.deepEqual(faultsOf(line, file), faults);
  });
}

Deno.test("settingsFaults() is silent about what follows from a value that was told to be wrong", () => {
  // The file has these keys, but none of its values could be read.
  const keys = ["batch", "replicas", "recipe", "weights", "images"];
  assert.deepEqual(faultsOf("finetune --config run.json -o run", { replicas: 9 }, keys), []);
});
