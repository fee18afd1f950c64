/**
 * Looking into the ledgers of a folder without writing.
 * @module
 */
import type { Ledger } from "./ledger.ts";
import { indexDone } from "./index_done.ts";
import { readLedgers } from "./read_ledgers.ts";

/** Gives what a ledger knows; recording does nothing. @throws {InputError} If one cannot be read. */
export async function peekLedger(
  folder: string,
): Promise<Pick<Ledger, "tag" | "formerTags" | "find" | "hasFailed" | "record">> {
  const { find, hasFailed } = indexDone(folder, await readLedgers(folder));
  return { tag: "", formerTags: [], find, hasFailed, record: () => Promise.resolve() };
}
