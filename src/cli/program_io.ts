/**
 * The process around the program: its three streams, clock, interrupts and exit. Tests bring their own.
 * @module
 */

/** What the program needs of its process. */
export interface ProgramIo {
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  /** True if standard error is a terminal that can clear a line. */
  readonly stderrIsTerminal: boolean;
  /** Width of the terminal in characters, 80 if unknown. */
  columns(): number;
  /** Milliseconds, never going back. */
  now(): number;
  /** Standard input as it comes. */
  stdin(): ReadableStream<Uint8Array>;
  /** Writes all bytes. @throws {Deno.errors.BrokenPipe} If nobody reads any more. */
  writeStdout(bytes: Uint8Array): Promise<void>;
  /** Writes text at once; text that nobody reads is lost without an error. */
  writeStderr(text: string): void;
  /** Calls `handler` at every Ctrl-C and SIGTERM instead of ending the process; returns what undoes it. */
  onInterrupt(handler: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}

/** Ctrl-C, and what schedulers and containers send before they kill; Windows knows no SIGTERM. */
const INTERRUPTS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM"];

/** The real process. */
export function openProgramIo(): ProgramIo {
  const encoder = new TextEncoder();
  return {
    stdinIsTerminal: Deno.stdin.isTerminal(),
    stdoutIsTerminal: Deno.stdout.isTerminal(),
    stderrIsTerminal: Deno.stderr.isTerminal() && Deno.env.get("TERM") !== "dumb",
    columns() {
      try {
        return Deno.consoleSize().columns || 80;
      } catch {
        // Standard output and input may both be pipes; then the size cannot be asked.
        return 80;
      }
    },
    now: () => performance.now(),
    stdin: () => Deno.stdin.readable,
    async writeStdout(bytes) {
      for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
    },
    writeStderr(text) {
      const bytes = encoder.encode(text);
      try {
        for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
      } catch (error) {
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }
    },
    onInterrupt(handler) {
      for (const signal of INTERRUPTS) Deno.addSignalListener(signal, handler);
      return () => {
        for (const signal of INTERRUPTS) Deno.removeSignalListener(signal, handler);
      };
    },
    exit: (code) => Deno.exit(code),
  };
}
