/**
 * One run of the program: command line in, exit code out. The only place where errors become text.
 * @module
 */
import { EXIT, UserError } from "../errors.ts";
import type { CommandGroup, CommandName } from "./commands_table.ts";
import { errorText } from "./error_text.ts";
import type { ParsedOptions } from "./flags.ts";
import { commandHelp, fullHelp, groupHelp, programHelp } from "./help.ts";
import { type CommandIo, createCommandIo, type RunIo } from "./io.ts";
import { type Invocation, parse } from "./parse.ts";
import type { ProgramIo } from "./program_io.ts";

/**
 * Carries out one command and resolves to the exit code; failures are thrown.
 *
 * The type parameter names the command whose options it reads. The method form lets a runner of one command
 * stand in a map of runners of any; that each stands under its own name is the map's duty.
 */
export type CommandRunner<C extends CommandName = CommandName> = {
  run(parsed: ParsedOptions<C>, io: CommandIo): Promise<number>;
}["run"];

/** Runners by command, each imported only when its command is used. */
export type CommandLoaders = ReadonlyMap<CommandName, () => Promise<CommandRunner>>;

/** Options of {@linkcode run}. */
export interface RunOptions {
  readonly commands: CommandLoaders;
  readonly version: string;
  /** What `--version` prints behind the version, read when it is asked. @default nothing */
  readonly about?: () => Promise<string>;
  /** The process; `openProgramIo()` outside tests. */
  readonly io: ProgramIo;
}

/**
 * Runs one command line, without the program's name.
 *
 * The first Ctrl-C or SIGTERM fires the command's `signal`; the second ends the process with 130. A reader that closes
 * standard output ends the run quietly with 0.
 *
 * @returns The exit code; see {@linkcode EXIT}.
 */
export async function run(argv: readonly string[], options: RunOptions): Promise<number> {
  const { io: program, version } = options;
  const interrupt = new AbortController();
  const { signal } = interrupt;
  let io = createCommandIo({ program, signal, version });
  const stopListening = program.onInterrupt(() => {
    if (signal.aborted) return program.exit(EXIT.interrupted);
    interrupt.abort();
    io.log("Stopping at the next safe point; press Ctrl-C again to stop at once");
  });
  try {
    const invocation = parse(argv);
    if (invocation.kind !== "run") return await inform(invocation, io, options);
    const { parsed } = invocation;
    const isJson = "json" in parsed.options && parsed.options.json;
    io = createCommandIo({ program, isQuiet: parsed.options.quiet, isJson, signal, version });
    const load = options.commands.get(parsed.command);
    if (load === undefined) throw new Error(`Command "${parsed.command}" has no runner`);
    const runner = await load();
    return await runner(parsed, io);
  } catch (error) {
    return exitCodeOf(error, io, options);
  } finally {
    io.progress.finish();
    stopListening();
  }
}

/** Answers what needs no command. */
async function inform(
  invocation: Exclude<Invocation, { kind: "run" }>,
  io: CommandIo,
  { io: program, version, about = () => Promise.resolve("") }: RunOptions,
): Promise<number> {
  switch (invocation.kind) {
    case "nothing":
      program.writeStderr(helpText(invocation));
      return EXIT.usage;
    case "version":
      await io.print(`pconv ${version}${await about()}`);
      return EXIT.done;
    case "help":
      await io.print(helpText(invocation).trimEnd());
      return EXIT.done;
  }
}

function helpText(
  { command, group, isFull = false }: {
    command?: CommandName;
    group?: CommandGroup;
    isFull?: boolean;
  },
): string {
  if (command !== undefined) return commandHelp(command, { isFull });
  if (group !== undefined) return groupHelp(group);
  return isFull ? fullHelp() : programHelp();
}

function exitCodeOf(error: unknown, io: RunIo, { io: program, version }: RunOptions): number {
  io.progress.finish();
  if (io.isStdoutClosed()) return EXIT.done;
  if (io.signal.aborted && (error === io.signal.reason || isAbortError(error))) {
    program.writeStderr("error: Interrupted\n");
    return EXIT.interrupted;
  }
  program.writeStderr(errorText(error, version));
  return error instanceof UserError ? error.exitCode : EXIT.someFailed;
}

/** True for what the platform's own functions throw when their signal fires. */
function isAbortError(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
