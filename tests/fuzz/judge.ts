/**
 * What a reader may do with a spoilt file: read it, or refuse it in words that a user understands.
 * @module
 */
import { errorText } from "../../src/cli/error_text.ts";
import { UsageError, UserError } from "../../src/errors.ts";

/** How a case ended. */
export type Outcome = "accepted" | "refused" | "finding";

/** An outcome, and what was said. */
export interface Judgement {
  readonly outcome: Outcome;
  /** The refusal, or why it is a finding. */
  readonly message: string;
}

/** What no message may hold: leftovers of a program, not words for a user. */
const LEFTOVERS = /\bundefined\b|\[object |\bNaN\b|\n\s+at |\bTypeError\b|\bRangeError\b|\bwasm\b/;

/** Longest line that counts as clear: the known keys of config files, which some messages list, take 600 letters. */
const MOST_LETTERS = 1000;

/**
 * Judges what was thrown; undefined for a file that was read.
 *
 * @param tellsAllFaults True if several lines are right, one for each fault.
 */
export function judge(error: unknown, tellsAllFaults = false): Judgement {
  if (error === undefined) return { outcome: "accepted", message: "" };
  if (!(error instanceof UserError)) {
    const text = error instanceof Error ? error.stack ?? String(error) : String(error);
    return { outcome: "finding", message: `not a UserError: ${text}` };
  }
  const fault = faultOf(error, tellsAllFaults || error.constructor === UsageError);
  return fault === undefined
    ? { outcome: "refused", message: error.message }
    : { outcome: "finding", message: `${fault}: ${JSON.stringify(error.message).slice(0, 600)}` };
}

function faultOf(error: UserError, mayHaveLines: boolean): string | undefined {
  // What reaches the terminal: control characters are gone, a line feed in the message makes another line.
  const lines = errorText(error, "0").trimEnd().split("\n");
  const errors = lines.filter((line) => line.startsWith("error: "));
  const rest = lines.filter((line) => !line.startsWith("error: "));
  // The command line and config files tell all their faults, a line each.
  if (errors.length > 1 && !mayHaveLines) return "message of several lines";
  if (rest.length > 1 || rest.some((line) => !line.startsWith("hint: "))) {
    return "line without start";
  }
  if (lines.some((line) => /^\w+: *$/.test(line))) return "empty line in the message";
  if (lines.some((line) => line.length > MOST_LETTERS)) return "message too long to read";
  return LEFTOVERS.test(error.message) ? "message of a program" : undefined;
}
