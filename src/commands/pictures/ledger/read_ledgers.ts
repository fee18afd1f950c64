/**
 * Reading what earlier runs left in the ledgers of an output folder.
 * @module
 */
import { join } from "node:path";
import { InputError } from "../../../errors.ts";
import { reasonOf } from "../../../system_reason.ts";
import type { LedgerEntry } from "./ledger_entry.ts";

/** Folder of the ledgers, below the output folder. */
export const LEDGER_FOLDER = ".pconv";

/** One ledger. */
export interface LedgerFile {
  /** File name, for example "ledger-3-of-8.jsonl". */
  readonly name: string;
  /** In the order of writing. */
  readonly entries: readonly LedgerEntry[];
}

const NAME = /^ledger(-\d+-of-\d+)?\.jsonl$/;

/**
 * Reads all ledgers of a folder, those of other shards too. Lines that are no entry are left out: the last one of a run
 * that was killed may be half there, and then its result is not.
 *
 * @param folder Output folder.
 * @returns Sorted by name; empty if there are none.
 * @throws {InputError} If one cannot be read.
 */
export async function readLedgers(folder: string): Promise<LedgerFile[]> {
  const place = join(folder, LEDGER_FOLDER);
  try {
    const listed = await Array.fromAsync(Deno.readDir(place)).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    });
    const names = listed.filter(({ isFile, name }) => isFile && NAME.test(name))
      .map(({ name }) => name).sort();
    return await Promise.all(names.map(async (name) => {
      const text = await Deno.readTextFile(join(place, name));
      return { name, entries: text.split("\n").flatMap((line) => parseEntry(line) ?? []) };
    }));
  } catch (cause) {
    throw new InputError(`Cannot read the ledger in "${place}": ${reasonOf(cause)}`, { cause });
  }
}

function parseEntry(line: string): LedgerEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Text fields of each kind; what else it has is looked at by who uses it. */
const TEXTS: Readonly<Record<LedgerEntry["kind"], readonly string[]>> = {
  done: ["input", "stem", "output", "inputSha256", "mask", "outputSha256"],
  failed: ["input", "stem", "error"],
  session: ["tag", "startedAt", "version", "command", "cwd"],
  end: ["tag"],
};

function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Record<string, unknown>;
  const kind = String(entry.kind);
  if (!Object.hasOwn(TEXTS, kind)) return false;
  const texts = TEXTS[kind as LedgerEntry["kind"]];
  if (!texts.every((name) => typeof entry[name] === "string")) return false;
  if (kind === "done") return isRecord(entry.settings) && isRecord(entry.row);
  return kind !== "session" || Array.isArray(entry.facts);
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
