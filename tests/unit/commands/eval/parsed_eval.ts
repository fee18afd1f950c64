/**
 * Command lines of `eval`, parsed.
 * @module
 */
import assert from "node:assert/strict";
import type { ParsedOptions } from "../../../../src/cli/flags.ts";
import { parse } from "../../../../src/cli/parse.ts";

/** Parses "eval" and the words of a line. */
export function parsedEval(line: string): ParsedOptions<"eval"> {
  const invocation = parse(["eval", ...line.split(" ").filter((word) => word !== "")]);
  assert.equal(invocation.kind, "run");
  const { parsed } = invocation as { parsed: ParsedOptions };
  return parsed as ParsedOptions<"eval">;
}
