/**
 * Whether a result that lies there is the one that would be made.
 * @module
 */
import { sha256 } from "../../../checkpoint/sha256.ts";
import type { DoneEntry, ResultOrigin } from "./ledger_entry.ts";

/** What is to be thought of a file at the place of a result. */
export type Verdict =
  /** Nothing lies there. */
  | { readonly kind: "missing" }
  /** It is what would be made. */
  | { readonly kind: "done"; readonly entry: DoneEntry }
  /** It was made by this program from something else. @param differences In words. */
  | { readonly kind: "outdated"; readonly differences: readonly string[] }
  /** It was not made by this program, or was changed since. */
  | { readonly kind: "foreign"; readonly isChanged: boolean };

/**
 * Judges the file at the place of a result, by its content: not its time and not that it is there.
 *
 * @param path The place.
 * @param entries What the ledgers say about it.
 * @param origin Of the result that would be made.
 */
export async function judgeResult(
  path: string,
  entries: readonly DoneEntry[],
  origin: ResultOrigin,
): Promise<Verdict> {
  const bytes = await Deno.readFile(path).catch(() => undefined);
  if (bytes === undefined) return { kind: "missing" };
  if (entries.length === 0) return { kind: "foreign", isChanged: false };
  const outputSha256 = await sha256(bytes);
  const entry = entries.findLast((known) => known.outputSha256 === outputSha256);
  if (entry === undefined) return { kind: "foreign", isChanged: true };
  const differences = differencesOf(entry, origin);
  return differences.length === 0 ? { kind: "done", entry } : { kind: "outdated", differences };
}

/** For example "quality 90, now 95". */
function differencesOf(before: ResultOrigin, now: ResultOrigin): string[] {
  const names = [...new Set([...Object.keys(before.settings), ...Object.keys(now.settings)])];
  return [
    ...before.inputSha256 === now.inputSha256 ? [] : ["another picture"],
    ...before.maskSha256 === now.maskSha256 && before.maskRest === now.maskRest
      ? []
      : ["another mask"],
    ...names.flatMap((name) => {
      const [was, is] = [before.settings[name] ?? null, now.settings[name] ?? null];
      return was === is ? [] : [`${name} ${wordOf(was)}, now ${wordOf(is)}`];
    }),
  ];
}

/** A hash is not worth its 64 digits to a reader. */
function wordOf(value: unknown): string {
  if (value === null) return "not given";
  const text = String(value);
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 8) : text;
}
