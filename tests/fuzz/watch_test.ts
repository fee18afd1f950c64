/**
 * The watch over cases sees what it is there for: each fault is provoked once.
 */
import assert from "node:assert/strict";
import { InputError, UsageError } from "../../src/errors.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { judge } from "./judge.ts";
import { runCases } from "./run_cases.ts";

const JUDGED: readonly (readonly [string, unknown, "accepted" | "refused" | "finding"])[] = [
  ["nothing thrown", undefined, "accepted"],
  ["one clear line", new InputError('Cannot read "a": it is empty'), "refused"],
  ["several faults of a command line", new UsageError("One thing\nAnother thing"), "refused"],
  ["a bug", new TypeError("x is undefined"), "finding"],
  ["two lines", new InputError("Cannot read\nwhat it says"), "finding"],
  ["words of a program", new InputError("Cannot read: size is undefined"), "finding"],
  ["a stack", new InputError("Cannot read: x\n    at f (file.ts:1:1)"), "finding"],
  ["a name of any length", new InputError(`Cannot read "${"x".repeat(1000)}"`), "finding"],
];

for (const [what, error, outcome] of JUDGED) {
  Deno.test(`judge(): ${what}`, () => assert.equal(judge(error).outcome, outcome));
}

Deno.test("runCases() tells hangs, crashes, noise, time and memory, and goes on behind them", async () => {
  await withTempDir(async (folder) => {
    const range = { kind: "watched", seed: 1, from: 0, to: 7 };
    const { findings, accepted } = await runCases(range, folder, {
      cpuMs: 300,
      mb: 100,
      hangMs: 2000,
    });
    const told = findings.map(({ index, message }) => `${index} ${message.split(/ \d| \//)[0]}`);
    assert.deepEqual(told, [
      "1 hangs: silent for",
      "2 process ends with code",
      "3 writes to the console: console.log: hello",
      "4 takes",
      "5 takes",
    ]);
    assert.match(findings[3]!.message, /ms of processor time$/);
    assert.match(findings[4]!.message, /MB$/);
    assert.equal(accepted, 2);
  });
});
