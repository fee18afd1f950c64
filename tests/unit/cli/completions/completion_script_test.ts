import assert from "node:assert/strict";
import { completionScript } from "../../../../src/cli/completions/completion_script.ts";
import { SHELLS } from "../../../../src/cli/setup_commands.ts";

Deno.test("completionScript() makes a script for each shell, with the names of weights", () => {
  const starts = { bash: "# Completion of pconv for bash.", zsh: "#compdef pconv\n", fish: "# " };
  for (const shell of SHELLS) {
    const script = completionScript(shell, { weightsNames: ["some-weights"] });
    assert.ok(script.startsWith(starts[shell]), shell);
    assert.ok(script.includes("some-weights"), shell);
  }
});
