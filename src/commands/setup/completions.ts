/**
 * `pconv completions`: prints the script that completes command lines in a shell.
 * @module
 */
import { readManifest } from "../../checkpoint/manifest.ts";
import type { completionScript, Shell } from "../../cli/completions/completion_script.ts";
import type { CommandRunner } from "../../cli/run.ts";

/**
 * Makes the command.
 *
 * @param script Makes the text; the tables it is made from are the command line's own.
 */
export function createCompletionsCommand(
  script: typeof completionScript,
): CommandRunner<"completions"> {
  return async ({ positionals: [shell] }, io) => {
    const { files } = await readManifest();
    const weightsNames = files.map(({ name }) => name);
    await io.print(script(shell as Shell, { weightsNames }).trimEnd());
    return 0;
  };
}
