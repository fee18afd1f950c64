import assert from "node:assert/strict";
import { COMMANDS } from "../../src/cli/commands_table.ts";
import { assertExit, runCli, stdoutText } from "../support/run_cli.ts";
import { assertGolden } from "./golden.ts";

Deno.test("pconv --help and each command's --help print the golden texts", async () => {
  const program = await runCli(["--help"]);
  assertExit(program, 0);
  await assertGolden("help", stdoutText(program));
  for (const { name } of COMMANDS) {
    const result = await runCli([...name.split(" "), "--help"]);
    assertExit(result, 0);
    assert.equal(result.stderr, "", result.story);
    await assertGolden(`help_${name.replace(" ", "_")}`, stdoutText(result));
  }
});

Deno.test("pconv without a command prints its help on stderr and returns 2", async () => {
  const result = await runCli([]);
  assertExit(result, 2);
  assert.equal(result.stdout.length, 0);
  assert.equal(result.stderr, stdoutText(await runCli(["help"])));
});

Deno.test("pconv answers a misspelt command with the one that was meant", async () => {
  const result = await runCli(["inpiant", "a.png"]);
  assertExit(result, 2);
  assert.equal(
    result.stderr,
    'error: Unknown command "inpiant": did you mean "inpaint"\n' +
      'hint: Run "pconv --help" for the commands\n',
  );
});
