/**
 * What a ledger remembers of one picture. Types only.
 * @module
 */

/** What decided the bytes of a result. */
export interface ResultOrigin {
  /** Of the input file, hexadecimal. */
  readonly inputSha256: string;
  /** Where the hole came from, in words: a path, "alpha", a colour, boxes. */
  readonly mask: string;
  /** The same without a file, which its hash stands for: boxes, a colour. */
  readonly maskRest: string;
  /** Path of the mask's file, as it was given; null if it came from no file. */
  readonly maskFile: string | null;
  /** Of that file, hexadecimal. */
  readonly maskSha256: string | null;
  /** Flags and weights that change pixels or bytes, by name. */
  readonly settings: Readonly<Record<string, Setting>>;
}

/** One value of {@linkcode ResultOrigin.settings}. */
export type Setting = string | number | boolean | null;

/** A result that was written, or is about to be: its line is there before the file has its name. */
export interface DoneEntry extends ResultOrigin {
  readonly kind: "done";
  /** As it was given. */
  readonly input: string;
  /** Which of the results of a picture it is: its path below the output folder without suffix and ending. */
  readonly stem: string;
  /** Path below the ledger's folder, with `/` on every system. */
  readonly output: string;
  /** Of the result, hexadecimal. */
  readonly outputSha256: string;
  /** What the command told of the picture. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** A picture that failed; a later entry of the same input and stem takes its place. */
export interface FailedEntry {
  readonly kind: "failed";
  readonly input: string;
  /** As in {@linkcode DoneEntry}. */
  readonly stem: string;
  readonly error: string;
}

/** The beginning of a run. */
export interface SessionEntry {
  readonly kind: "session";
  /** Stands in the names of its temporary files. */
  readonly tag: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly version: string;
  /** The command line. */
  readonly command: string;
  /** Working directory, which paths of inputs and masks are relative to. */
  readonly cwd: string;
  /** "3/8", or null for the whole. */
  readonly shard: string | null;
  /** What a reader of the report wants to know: method, weights, device. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** The end of a run that was not killed. */
export interface EndEntry {
  readonly kind: "end";
  readonly tag: string;
  readonly elapsedMs: number;
}

/** One line of a ledger. */
export type LedgerEntry = DoneEntry | FailedEntry | SessionEntry | EndEntry;
