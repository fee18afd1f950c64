/**
 * What a command sees of the outside: results to standard output, everything else to standard error.
 * @module
 */
import { InputError, UsageError, type UserError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";
import { errorText, printable } from "./error_text.ts";
import type { ProgramIo } from "./program_io.ts";
import { createProgress, type Progress } from "./progress.ts";

/** What a command sees of the outside. */
export interface CommandIo {
  /** Writes the bytes of a file to standard output. @throws {UsageError} If that is a terminal. */
  stdout(bytes: Uint8Array): Promise<void>;
  /** Writes a line of text to standard output, even under `--quiet`. */
  print(line: string): Promise<void>;
  /** Writes a value as one line of JSON to standard output; present only if `--json` was given. */
  readonly json?: (value: unknown) => Promise<void>;
  /**
   * Reads standard input to its end.
   *
   * @param what For the message. @default "an image"
   * @throws {UsageError} If that is a terminal.
   */
  stdin(what?: string): Promise<Uint8Array>;
  /** Gives standard input as it comes. @throws {UsageError} As `stdin` does. */
  stdinStream(what?: string): ReadableStream<Uint8Array>;
  /** Writes a line to standard error, unless `--quiet` was given. */
  log(line: string): void;
  /** Writes "warning: ..." to standard error. */
  warn(line: string): void;
  /** Writes an error to standard error, for a command that goes on with its next file and returns 1 at the end. */
  report(error: UserError): void;
  /** How far the work is, on standard error; silent under `--quiet`. */
  readonly progress: Progress;
  /**
   * Fires at the first Ctrl-C or SIGTERM. A command then stops at the next safe point: `signal.throwIfAborted()` ends
   * the program with exit code 130.
   */
  readonly signal: AbortSignal;
  /** True if standard error is a terminal. */
  readonly isTerminal: boolean;
  /** Of the program. */
  readonly version: string;
}

/** What `run()` sees of it besides. */
export interface RunIo extends CommandIo {
  /** True once nobody reads standard output any more. */
  isStdoutClosed(): boolean;
}

/** Options of {@linkcode createCommandIo}. */
export interface CreateCommandIoOptions {
  readonly program: ProgramIo;
  /** Silences `log` and `progress`. @default {false} */
  readonly isQuiet?: boolean;
  /** Gives the command `json`. @default {false} */
  readonly isJson?: boolean;
  readonly signal: AbortSignal;
  /** Version of the program, for `report`. */
  readonly version: string;
}

/** Makes the outside of one run. */
export function createCommandIo(options: CreateCommandIoOptions): RunIo {
  const { program, isQuiet = false, isJson = false, signal, version } = options;
  const encoder = new TextEncoder();
  let isStdoutClosed = false;
  const progress = createProgress({
    write: (text) => program.writeStderr(text),
    isTerminal: program.stderrIsTerminal,
    columns: () => program.columns(),
    now: () => program.now(),
    isQuiet,
  });
  const say = (text: string) => {
    progress.clear();
    program.writeStderr(text);
  };
  const write = async (bytes: Uint8Array) => {
    try {
      await program.writeStdout(bytes);
    } catch (error) {
      isStdoutClosed ||= error instanceof Deno.errors.BrokenPipe;
      if (isStdoutClosed) throw error;
      throw new InputError(`Cannot write to standard output: ${reasonOf(error)}`, { cause: error });
    }
  };
  const print = async (line: string) => {
    // The progress line may stand on the same terminal.
    progress.clear();
    await write(encoder.encode(`${line}\n`));
  };

  const stdinStream = (what = "an image") => {
    if (program.stdinIsTerminal) {
      throw new UsageError(`Cannot read ${what} from standard input: it is a terminal`, {
        hint: "Feed it with | or <, or name a file",
      });
    }
    return program.stdin();
  };

  return {
    stdout: async (bytes) => {
      if (program.stdoutIsTerminal) {
        throw new UsageError("Cannot write an image to standard output: it is a terminal", {
          hint: "Send it on with | or >, or name a file with --output",
        });
      }
      await write(bytes);
    },
    print,
    ...(isJson ? { json: (value: unknown) => print(JSON.stringify(value)) } : {}),
    stdin: async (what) => await new Response(stdinStream(what)).bytes(),
    stdinStream,
    log: (line) => isQuiet || say(`${printable(line)}\n`),
    warn: (line) => say(`warning: ${printable(line)}\n`),
    report: (error) => isStdoutClosed || say(errorText(error, version)),
    progress: { update: progress.update, finish: progress.finish },
    signal,
    isTerminal: program.stderrIsTerminal,
    version,
    isStdoutClosed: () => isStdoutClosed,
  };
}
