import assert from "node:assert/strict";
import { chosenTargets, executableName, TARGETS } from "../../../.ci/build/targets.ts";

Deno.test("chosenTargets() is this machine, all, or those that are named", () => {
  assert.deepEqual(chosenTargets([], "x86_64-apple-darwin"), ["x86_64-apple-darwin"]);
  assert.deepEqual(chosenTargets(["--all"], "x86_64-apple-darwin"), TARGETS);
  assert.deepEqual(chosenTargets(["aarch64-apple-darwin"], "x86_64-apple-darwin"), [
    "aarch64-apple-darwin",
  ]);
  assert.throws(() => chosenTargets(["sparc"], "x86_64-apple-darwin"), {
    message: /^Cannot build for "sparc": must be --all or one of x86_64-unknown-linux-gnu, /,
  });
});

Deno.test("executableName() has .exe on Windows alone", () => {
  assert.deepEqual(TARGETS.map(executableName), [
    "pconv-x86_64-unknown-linux-gnu",
    "pconv-aarch64-unknown-linux-gnu",
    "pconv-x86_64-apple-darwin",
    "pconv-aarch64-apple-darwin",
    "pconv-x86_64-pc-windows-msvc.exe",
  ]);
});
