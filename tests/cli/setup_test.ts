import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { commandHelp, fullHelp } from "../../src/cli/help.ts";
import { manPage } from "../../src/cli/man_page.ts";
import { readManifest } from "../../src/checkpoint/manifest.ts";
import { hasProgram, runScript } from "../support/shell.ts";
import { assertExit, assertStderr, runCli, stdoutText } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";

Deno.test("pconv --version prints the version alone where the program runs from its source", async () => {
  for (const args of [["--version"], ["inpaint", "-V"]]) {
    const result = await runCli(args);
    assertExit(result, 0);
    assert.equal(stdoutText(result), `pconv ${config.version}\n`);
  }
});

Deno.test("pconv --help-all prints every flag, of one command or of all", async () => {
  const one = await runCli(["train", "--help-all"]);
  assertExit(one, 0);
  assert.equal(stdoutText(one), commandHelp("train", { isFull: true }));
  const all = await runCli(["--help-all"]);
  assertExit(all, 0);
  assert.equal(stdoutText(all), fullHelp());
});

Deno.test("pconv man prints the manual page", async () => {
  const result = await runCli(["man"]);
  assertExit(result, 0);
  assert.equal(stdoutText(result), manPage(config.version));
});

Deno.test({
  name: "pconv completions bash completes the names of the weights that are here (needs bash)",
  ignore: !await hasProgram("bash"),
  fn: () =>
    withTempDir(async (folder) => {
      const result = await runCli(["completions", "bash"]);
      assertExit(result, 0);
      const { files } = await readManifest();
      const line = "COMP_WORDS=(pconv inpaint -w ''); COMP_CWORD=3; _pconv; echo ${COMPREPLY[@]}";
      const offered = await runScript("bash", `${stdoutText(result)}\n${line}`, folder);
      assert.deepEqual(offered.trim().split(" "), files.map(({ name }) => name));
    }),
});

Deno.test("pconv says which word was meant: of a shell, a choice, and weights", async () => {
  const shell = await runCli(["completions", "bsh"]);
  assertExit(shell, 2);
  assertStderr(shell, [
    'error: completions takes bash, zsh or fish: got "bsh", did you mean "bash"?',
    'hint: Run "pconv completions --help" for its flags and examples',
  ]);
  const choice = await runCli(["doctor", "--device", "gpo"]);
  assertExit(choice, 2);
  assertStderr(choice, [
    'error: --device must be auto, gpu or cpu: got "gpo", did you mean "gpu"?',
    'hint: Run "pconv doctor --help" for its flags and examples',
  ]);
  const weights = await runCli(["weights", "info", "pconv-light"]);
  assertExit(weights, 3);
  assert.match(weights.stderr, /, did you mean "pconv-lite"\?\n/);
});
