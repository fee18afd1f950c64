import assert from "node:assert/strict";
import { readEvalLists } from "../../../../src/commands/eval/eval_settings.ts";
import { parsedEval } from "./parsed_eval.ts";

const read = (line: string) => readEvalLists(parsedEval(line).options);

Deno.test("readEvalLists() reads methods, results, networks, dilations and shard", () => {
  const lists = read(
    "--methods pconv,mean --results lama=out/a=b --network big=w.safetensors --dilate 15,0,5 --shard 3/8",
  );
  assert.deepEqual(lists, {
    methods: ["pconv", "mean"],
    results: [{ name: "lama", path: "out/a=b" }],
    networks: [{ name: "big", path: "w.safetensors" }],
    dilations: [0, 5, 15],
    shard: { index: 3, count: 8 },
  });
  const usual = read("");
  assert.equal(usual.methods[0], "pconv");
  assert.deepEqual([usual.dilations, usual.shard], [[0], { index: 1, count: 1 }]);
  assert.deepEqual(read("--methods none --results a=b").methods, []);
});

Deno.test("readEvalLists() asks the scheduler for --shard auto", () => {
  const { options } = parsedEval("--shard auto");
  const env = new Map([["JOB_COMPLETION_INDEX", "4"], ["PCONV_SHARDS", "6"]]);
  assert.deepEqual(readEvalLists(options, (name) => env.get(name)).shard, { index: 5, count: 6 });
  assert.throws(() => readEvalLists(options, () => undefined), {
    name: "UsageError",
    message: /^Cannot use --shard auto: no scheduler has numbered this process\. It reads /,
  });
});

Deno.test("readEvalLists() tells all mistakes at once", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["--methods pconf", 'Unknown method "pconf" in --methods: did you mean "pconv"'],
    [
      "--methods xyzzy",
      'Unknown method "xyzzy" in --methods: must be of pconv, conv, pyramid, patchmatch, telea, ' +
      "navier-stokes, mean, or none",
    ],
    ["--methods mean,mean", 'Cannot call two methods "mean": each needs a name of its own'],
    [
      "--results lama",
      '--results must be NAME=DIR, the name a letter and up to 39 letters, digits and . + - _: got "lama"',
    ],
    [
      "--network ../x=f",
      '--network must be NAME=FILE, the name a letter and up to 39 letters, digits and . + - _: got "../x=f"',
    ],
    [
      // A name of digits would come first among the keys of the table.
      "--results 2018=f",
      '--results must be NAME=DIR, the name a letter and up to 39 letters, digits and . + - _: got "2018=f"',
    ],
    [
      "--dilate 5,5",
      '--dilate must be whole numbers from 0 to 1023, none twice, for example 0,5,15: got "5,5"',
    ],
    ["--shard 9/8", '--shard must be auto or I/N, for example 3/8, with I from 1 to N: got "9/8"'],
    ["--shard 0/8", '--shard must be auto or I/N, for example 3/8, with I from 1 to N: got "0/8"'],
    [
      "--methods none",
      "Nothing to score: --methods is none, and there is neither --results nor --network",
    ],
    [
      "--results mean=a --dilate x",
      '--dilate must be whole numbers from 0 to 1023, none twice, for example 0,5,15: got "x"\n' +
      'Cannot call two methods "mean": each needs a name of its own',
    ],
  ];
  for (const [line, message] of cases) {
    assert.throws(() => read(line), { name: "UsageError", message }, line);
  }
});
