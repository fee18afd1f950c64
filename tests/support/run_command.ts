/**
 * A command within the tests' own process, from command line to exit code.
 * @module
 */
import type { CommandName } from "../../src/cli/commands_table.ts";
import { type CommandRunner, run } from "../../src/cli/run.ts";
import { fakeProgramIo } from "../unit/cli/fake_program_io.ts";

/** What a command left behind. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command that the first two words name. */
export async function runCommand(
  argv: readonly string[],
  runner: CommandRunner<never>,
): Promise<CommandResult> {
  const io = fakeProgramIo();
  const name = argv.slice(0, 2).join(" ") as CommandName;
  const load = () => Promise.resolve(runner as unknown as CommandRunner);
  const code = await run(argv, { commands: new Map([[name, load]]), version: "0.0.0", io });
  return { code, out: io.out(), err: io.err() };
}
