/** What a command sees of the outside, in memory. */
import type { CommandIo } from "../../../src/cli/io.ts";

/** A {@linkcode CommandIo} that remembers what was said. */
export interface FakeCommandIo extends CommandIo {
  /** Lines of `log`, `warn` ("warning: ...") and finished progress, in order. */
  readonly said: readonly string[];
  /** Texts of the progress line. */
  readonly shown: readonly string[];
}

/** Makes one. */
export function fakeCommandIo(signal: AbortSignal = new AbortController().signal): FakeCommandIo {
  const said: string[] = [];
  const shown: string[] = [];
  return {
    said,
    shown,
    signal,
    isTerminal: false,
    stdout: () => Promise.resolve(),
    print: () => Promise.resolve(),
    stdin: () => Promise.resolve(new Uint8Array()),
    stdinStream: () => ReadableStream.from([]),
    version: "1.2.3",
    log: (line) => said.push(line),
    warn: (line) => said.push(`warning: ${line}`),
    report: (error) => said.push(`error: ${error.message}`),
    progress: {
      update: ({ text }) => shown.push(text),
      finish: (text) => text === undefined || said.push(text),
    },
  };
}
