import assert from "node:assert/strict";
import type { CommandName } from "../../../src/cli/commands_table.ts";
import { type Invocation, parse } from "../../../src/cli/parse.ts";
import type { ParsedOptions } from "../../../src/cli/flags.ts";
import { UsageError } from "../../../src/errors.ts";

function words(line: string): string[] {
  return line === "" ? [] : line.split(" ");
}

function parsed<C extends CommandName>(command: C, line: string): ParsedOptions<C> {
  const invocation: Invocation = parse([...words(command), ...words(line)]);
  assert.ok(invocation.kind === "run");
  assert.equal(invocation.parsed.command, command);
  return invocation.parsed as ParsedOptions<C>;
}

function refuses(argv: readonly string[], problems: readonly string[], hint: string): void {
  assert.throws(() => parse(argv), (error) => {
    assert.ok(error instanceof UsageError);
    assert.deepEqual(error.message.split("\n"), problems);
    assert.equal(error.hint, hint);
    return true;
  });
}

Deno.test("parse() fills in defaults and tells what was given", () => {
  const { options, positionals, given } = parsed(
    "inpaint",
    "a.png b/ -m m.png --tile=512 -o c/ -q",
  );
  assert.deepEqual(options, {
    mask: "m.png",
    pairs: undefined,
    maskColor: undefined,
    maskColorTolerance: undefined,
    box: [],
    maskGrow: 0,
    maskFeather: 0,
    maskPolarity: undefined,
    missingMask: "fail",
    invertMask: false,
    maskThreshold: 128,
    strict: false,
    output: "c/",
    overwrite: false,
    suffix: undefined,
    format: undefined,
    quality: undefined,
    verify: false,
    json: false,
    report: undefined,
    dryRun: false,
    failFast: false,
    watch: false,
    shard: undefined,
    workers: 1,
    sideBySide: false,
    method: "pconv",
    results: undefined,
    seed: 1,
    weights: undefined,
    context: "auto",
    tile: 512,
    device: "auto",
    quiet: true,
  });
  assert.deepEqual(positionals, ["a.png", "b/"]);
  assert.deepEqual([...given].sort(), ["mask", "output", "quiet", "tile"]);
});

Deno.test("parse() gives pairs and sizes as values", () => {
  const { options } = parsed("masks generate", "-o m.png --size 512x384 --ratio 0.1,0.2");
  assert.deepEqual(options.size, { width: 512, height: 384 });
  assert.deepEqual(options.ratio, [0.1, 0.2]);
  assert.equal(parsed("train", "--dry-run --learning-rate 5e-5").options.learningRate, 5e-5);
});

Deno.test("parse() takes a lone - and what follows -- as arguments", () => {
  assert.deepEqual(parsed("inpaint", "- -m m.png").positionals, ["-"]);
  assert.deepEqual(parsed("inpaint", "-m m.png -o out -- --help -h").positionals, ["--help", "-h"]);
});

Deno.test("parse() answers requests for help and version", () => {
  const cases: readonly (readonly [string, Invocation])[] = [
    ["", { kind: "nothing" }],
    ["--help", { kind: "help" }],
    ["-h", { kind: "help" }],
    ["help", { kind: "help" }],
    ["help --help", { kind: "help" }],
    ["--help-all", { kind: "help", isFull: true }],
    ["help --help-all", { kind: "help", isFull: true }],
    ["train --help --bogus --help-all", { kind: "help", command: "train", isFull: true }],
    ["help masks --help-all", { kind: "help", group: "masks", isFull: true }],
    ["help train", { kind: "help", command: "train" }],
    ["train --help", { kind: "help", command: "train" }],
    ["inpaint --bogus -o -h", { kind: "help", command: "inpaint" }],
    ["masks", { kind: "nothing", group: "masks" }],
    ["masks --help", { kind: "help", group: "masks" }],
    ["help masks", { kind: "help", group: "masks" }],
    ["masks generate -h", { kind: "help", command: "masks generate" }],
    ["help masks generate", { kind: "help", command: "masks generate" }],
    ["masks -V", { kind: "version" }],
    ["--version", { kind: "version" }],
    ["-V", { kind: "version" }],
    ["doctor --version", { kind: "version" }],
  ];
  for (const [line, invocation] of cases) assert.deepEqual(parse(words(line)), invocation, line);
});

Deno.test("parse() refuses an unknown command", () => {
  const hint = 'Run "pconv --help" for the commands';
  refuses(["inpiant", "a.png"], ['Unknown command "inpiant": did you mean "inpaint"'], hint);
  refuses(["help", "doctr"], ['Unknown command "doctr": did you mean "doctor"'], hint);
  refuses(["photo.jpg"], [
    'Unknown command "photo.jpg": must be one of "inpaint", "superres", "report", "train", "finetune", "sweep", "eval", ' +
    '"masks", "weights", "doctor", "completions", "man"',
  ], hint);
  refuses(["--device", "cpu", "doctor"], [
    'Cannot use "--device" here: a command must come first',
  ], hint);
});

Deno.test("parse() refuses a group that is followed by a flag", () => {
  const hint = 'Run "pconv masks --help" for its commands';
  refuses(["masks", "-o", "m.png"], [
    'Cannot use "-o" here: a command of "masks" must come first',
  ], hint);
});

Deno.test("parse() reports all mistakes of a line together", () => {
  refuses(
    ["inpaint", "--devise", "gpu", "--quality", "high", "--context=-5", "--bogus"],
    [
      'Unknown flag "--devise": did you mean "--device"',
      'Unknown flag "--bogus": inpaint has no such flag',
      '--quality must be a whole number from 1 to 100: got "high"',
      '--context must be auto or a whole number from 0 to 4096: got "-5"',
      "Missing INPUT",
      "Missing --mask FILE|DIR|alpha, or --pairs, --mask-color or --box",
    ],
    'Run "pconv inpaint --help" for its flags and examples',
  );
});

Deno.test("parse() tells a slip once", () => {
  const hint = 'Run "pconv masks generate --help" for its flags and examples';
  refuses(
    ["masks", "generate", "--outptu", "m.png"],
    ['Unknown flag "--outptu": did you mean "--output"'],
    hint,
  );
  refuses(["masks", "generate", "-o"], ["--output needs a value: FILE|DIR"], hint);
  refuses(["masks", "generate", "-o", "m.png", "--tile", "8"], [
    'Unknown flag "--tile": masks generate has none, inpaint, superres or eval has',
  ], hint);
});

Deno.test("parse() refuses arguments that a command does not take, and empty ones", () => {
  refuses(
    ["doctor", "a", "b"],
    ['Cannot use "a", "b" here: doctor takes no arguments'],
    'Run "pconv doctor --help" for its flags and examples',
  );
  refuses(
    ["inpaint", "", "-m", "m.png", "-o", "out"],
    ['Cannot use "" as INPUT: it is empty'],
    'Run "pconv inpaint --help" for its flags and examples',
  );
});

Deno.test("parse() takes only the words that an argument may be", () => {
  assert.deepEqual(parsed("completions", "zsh").positionals, ["zsh"]);
  const hint = 'Run "pconv completions --help" for its flags and examples';
  refuses(
    ["completions", "zhs"],
    ['completions takes bash, zsh or fish: got "zhs", did you mean "zsh"?'],
    hint,
  );
  refuses(["completions", "tcsh", "x"], [
    'Cannot use "x" here: completions takes at most 1',
    'completions takes bash, zsh or fish: got "tcsh"',
  ], hint);
});
