/** A process that exists in memory only. */
import type { ProgramIo } from "../../../src/cli/program_io.ts";

/** What a {@linkcode FakeProgramIo} shows to a test. */
export interface FakeProgramIo extends ProgramIo {
  readonly out: () => string;
  readonly err: () => string;
  /** Codes given to exit(). */
  readonly exits: readonly number[];
  /** Presses Ctrl-C. */
  readonly interrupt: () => void;
  /** Handlers that are still installed. */
  readonly listenerCount: () => number;
}

/** Makes one; the clock stands still and nothing is a terminal unless `replace` says otherwise. */
export function fakeProgramIo(replace: Partial<ProgramIo> = {}): FakeProgramIo {
  const decoder = new TextDecoder();
  const exits: number[] = [];
  const handlers = new Set<() => void>();
  let [out, err] = ["", ""];
  return {
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: () => 80,
    now: () => 0,
    stdin: () => ReadableStream.from([new Uint8Array([1, 2, 3])]),
    writeStdout: (bytes) => {
      out += decoder.decode(bytes);
      return Promise.resolve();
    },
    writeStderr: (text) => err += text,
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    exit: (code) => void exits.push(code),
    ...replace,
    out: () => out,
    err: () => err,
    exits,
    interrupt: () => handlers.forEach((handler) => handler()),
    listenerCount: () => handlers.size,
  };
}
