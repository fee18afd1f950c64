import assert from "node:assert/strict";
import type { Flag } from "../../../src/cli/flag.ts";
import { type Scan, scanFlags } from "../../../src/cli/scan.ts";

const BASE = { commands: ["doctor"], category: "Data", help: "H" } as const;
// Invented flags: the scanner must not know the real ones.
const FLAGS: readonly Flag[] = [
  { ...BASE, name: "mask", short: "m", kind: "string", value: "FILE" },
  { ...BASE, name: "level", kind: "integer", value: "N" },
  { ...BASE, name: "loss", kind: "string", value: "NAME", repeatable: true },
  { ...BASE, name: "quiet", short: "q", kind: "boolean" },
];

function scan(...words: string[]): Scan {
  return scanFlags(words, {
    flags: FLAGS,
    command: "paint",
    commandsWith: (name) => name === "steps" ? ["train", "finetune"] : [],
  });
}

Deno.test("scanFlags() takes a value in each of its four spellings", () => {
  for (const words of [["--mask", "a=b"], ["--mask=a=b"], ["-m", "a=b"], ["-m=a=b"]]) {
    const { texts, problems } = scan(...words);
    assert.deepEqual([...texts], [["mask", ["a=b"]]]);
    assert.deepEqual(problems, []);
  }
});

Deno.test("scanFlags() takes - and negative numbers as values", () => {
  const { texts, positionals, problems } = scan("-m", "-", "--level", "-5", "--loss", "-.5");
  assert.deepEqual([...texts], [["mask", ["-"]], ["level", ["-5"]], ["loss", ["-.5"]]]);
  assert.deepEqual([positionals, problems], [[], []]);
});

Deno.test("scanFlags() takes words between flags, a lone - and all after -- as arguments", () => {
  const { texts, positionals } = scan("a", "-q", "-", "b", "--", "--mask", "-q", "--");
  assert.deepEqual(positionals, ["a", "-", "b", "--mask", "-q", "--"]);
  assert.deepEqual([...texts.keys()], ["quiet"]);
});

Deno.test("scanFlags() collects a repeatable flag and refuses to repeat another", () => {
  assert.deepEqual(scan("--loss", "a", "--loss=b").texts.get("loss"), ["a", "b"]);
  assert.deepEqual(scan("--loss", "a", "--loss=b", "-q", "--quiet").problems, []);
  assert.deepEqual(scan("--mask", "a", "-m", "b").problems, [
    '--mask can be given once only: got "a", "b"',
  ]);
});

Deno.test("scanFlags() does not take the next flag for a value", () => {
  const { texts, problems } = scan("--mask", "--quiet", "--level");
  assert.deepEqual(problems, ["--mask needs a value: FILE", "--level needs a value: N"]);
  assert.deepEqual([...texts], [["mask", []], ["quiet", []], ["level", []]]);
  assert.deepEqual(scan("--mask", "--", "x").problems, ["--mask needs a value: FILE"]);
});

Deno.test("scanFlags() refuses a value of a boolean flag", () => {
  assert.deepEqual(scan("--quiet=no").problems, ['--quiet takes no value: got "no"']);
});

Deno.test("scanFlags() goes on with the flag that was meant", () => {
  const { texts, positionals, problems, isUncertain } = scan("--maks", "a.png", "-mask=b", "c");
  assert.deepEqual(problems, [
    'Unknown flag "--maks": did you mean "--mask"',
    'Unknown flag "-mask": did you mean "--mask"',
    '--mask can be given once only: got "a.png", "b"',
  ]);
  assert.deepEqual([...texts], [["mask", ["a.png", "b"]]]);
  assert.deepEqual([positionals, isUncertain], [["c"], false]);
});

Deno.test("scanFlags() refuses a value glued to a short flag", () => {
  const { texts, problems } = scan("-mout.png");
  assert.deepEqual(problems, ['Unknown flag "-mout.png": did you mean "-m out.png"']);
  assert.deepEqual(texts.get("mask"), ["out.png"]);
});

Deno.test("scanFlags() says whose a flag is, or that nobody has it", () => {
  const { problems, isUncertain } = scan("--steps", "5");
  assert.deepEqual(problems, ['Unknown flag "--steps": paint has none, train or finetune has']);
  assert.equal(isUncertain, true);
  assert.deepEqual(scan("--wombat", "-5", "--").problems, [
    'Unknown flag "--wombat": paint has no such flag',
    'Unknown flag "-5": paint has no such flag',
  ]);
});
