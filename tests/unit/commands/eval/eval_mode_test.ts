import assert from "node:assert/strict";
import { evalMode } from "../../../../src/commands/eval/eval_mode.ts";
import { parsedEval } from "./parsed_eval.ts";

Deno.test("evalMode() tells what a command line asks for", () => {
  const cases = [
    ["--images a -o b", "score"],
    ["--images a -o b --masks m --shard 1/2 --preset lama --seed 3 -q", "score"],
    ["--images a -o b --task inpaint", "score"],
    [
      "--images a -o b --task superres --scale 2 --peer p=q --network n=f --results r=s -w f --keep-pairs",
      "superres",
    ],
    ["--images a --study s --methods mean,telea", "study"],
    ["--compare pconv telea -o b", "compare"],
    ["--merge a b -o c", "merge"],
    ["--study-results s answers.json", "study-results"],
  ] as const;
  for (const [line, mode] of cases) assert.equal(evalMode(parsedEval(line)), mode, line);
});

Deno.test("evalMode() says what is missing or does not belong together, each in a line", () => {
  const cases = [
    ["", "Missing --images DIR\nMissing --output DIR"],
    ["--images a -o b c", 'Cannot use "c" here: eval takes flags alone'],
    ["--images a -o b --study-trials 3", "Cannot use --study-trials without --study"],
    ["--images a -o b --scale 2", "Cannot use --scale without --task superres"],
    ["--images a -o b --peer p=q", "Cannot use --peer without --task superres"],
    ["--task superres", "Missing --images DIR\nMissing --output DIR"],
    [
      "--images a -o b --task superres --masks m --dilate 5 --preset lama c",
      "Cannot use --masks with --task superres\nCannot use --dilate with --task superres\n" +
      'Cannot use --preset with --task superres\nCannot use "c" here: eval takes flags alone',
    ],
    ["--images a --study s --task superres", "Cannot use --task with --study"],
    ["--images a -o b --pairs 3", "Cannot use --pairs without --masks: made masks have no files"],
    ["--study s", "Missing --images DIR"],
    ["--images a --study s -o b", "Cannot use --output with --study"],
    ["--compare a", "--compare needs two names: --compare A B"],
    ["--compare a b c", "--compare needs two names: --compare A B"],
    ["--merge a", "Missing --output DIR"],
    ["--merge -o a", "--merge needs the folders of the shards"],
    ["--study-results s", "--study-results needs the study's folder and answer files"],
    [
      "--merge a --compare b -o c",
      "Cannot use --compare with --merge: each is a work of its own",
    ],
    [
      "--merge a -o c --images d --lpips f",
      "Cannot use --images with --merge\nCannot use --lpips with --merge",
    ],
  ] as const;
  for (const [line, message] of cases) {
    assert.throws(() => evalMode(parsedEval(line)), { name: "UsageError", message }, line);
  }
});
