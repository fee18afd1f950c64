/**
 * Errors as the text that a user reads.
 * @module
 */
import { UserError } from "../errors.ts";

/**
 * A {@linkcode UserError} as "error: ..." lines, one for each line of its message, and a "hint: ..." line.
 * Anything else as a bug report with its stack trace and causes.
 *
 * @returns Whole lines.
 */
export function errorText(error: unknown, version: string): string {
  if (!(error instanceof UserError)) {
    return `error: This is a bug in pconv ${version}; ` +
      "please report it with the lines below to the project's issue tracker\n" +
      `${Deno.inspect(error, { colors: false })}\n`;
  }
  const lines = error.message.split("\n").map((line) => `error: ${line}\n`);
  if (error.hint !== undefined) lines.push(`hint: ${error.hint}\n`);
  return printable(lines.join(""));
}

/** Text without the control characters that a file name could smuggle into a terminal; newlines stay. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}
