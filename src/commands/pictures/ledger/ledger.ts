/**
 * The memory of an output folder: what was written from what, so that a second run skips it.
 * @module
 */
import { join } from "node:path";
import { InputError } from "../../../errors.ts";
import { reasonOf } from "../../../system_reason.ts";
import { belowFolder, indexDone, type LedgerPicture } from "./index_done.ts";
import type { DoneEntry, FailedEntry, LedgerEntry, SessionEntry } from "./ledger_entry.ts";
import { LEDGER_FOLDER, readLedgers } from "./read_ledgers.ts";

/** The memory of an output folder. */
export interface Ledger {
  /** Stands in the names of this run's temporary files. */
  readonly tag: string;
  /** Tags of earlier runs of the same ledger; none of them is alive. */
  readonly formerTags: readonly string[];
  /** All that is known of a result, of every ledger of the folder. @param output Its path. */
  find(output: string): readonly DoneEntry[];
  /** True if the last word on a picture is that it failed. */
  hasFailed(picture: LedgerPicture): boolean;
  /**
   * Writes a line down, on the disk when this resolves. The output of a result is given as its path.
   *
   * @throws {InputError} If it cannot be written.
   */
  record(entry: DoneEntry | FailedEntry): Promise<void>;
  /** Writes the end down and lets others in. */
  close(elapsedMs: number): Promise<void>;
}

/** Options of {@linkcode openLedger}. */
export interface OpenLedgerOptions extends Omit<SessionEntry, "kind" | "tag"> {
  /** Parts that a run is one of; each has a ledger of its own and reads those of the others. */
  readonly part: { readonly index: number; readonly count: number } | undefined;
}

/**
 * Opens the ledger of an output folder and writes the beginning of a run into it.
 *
 * A result's line is written before the file gets its name: so after a kill at any moment either the file is not there,
 * or there is a line with its hash.
 *
 * @param folder Output folder; it is made if it is missing.
 * @throws {InputError} If another run has it open, or it cannot be written.
 */
export async function openLedger(folder: string, options: OpenLedgerOptions): Promise<Ledger> {
  const { part, ...session } = options;
  const name = part === undefined ? "ledger.jsonl" : `ledger-${part.index}-of-${part.count}.jsonl`;
  const path = join(folder, LEDGER_FOLDER, name);
  const file = await openAlone(path);
  try {
    const files = await readLedgers(folder);
    const index = indexDone(folder, files);
    const own = files.find((other) => other.name === name);
    const formerTags = (own?.entries ?? []).flatMap((entry) =>
      entry.kind === "session" ? [entry.tag] : []
    );
    const tag = crypto.randomUUID().slice(0, 8);
    let writing = Promise.resolve();
    const append = async (entry: LedgerEntry) => {
      // One after the other, each in one piece; a half line of a killed run ends with the break in front.
      const next = writing.then(() => writeLine(file, path, entry));
      writing = next.catch(() => {});
      await next;
    };
    await append({ kind: "session", tag, ...session });
    return {
      tag,
      formerTags,
      find: index.find,
      hasFailed: index.hasFailed,
      async record(entry) {
        if (entry.kind === "failed") {
          await append(entry);
          return index.add(entry);
        }
        const done = { ...entry, output: belowFolder(folder, entry.output) };
        await requireInPlace(file, path);
        await append(done);
        index.add(done);
      },
      async close(elapsedMs) {
        await append({ kind: "end", tag, elapsedMs }).finally(() => file.close());
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Opens the file for this process alone; the system lets go of it when the process ends, however it does. */
async function openAlone(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(join(path, ".."), { recursive: true });
    const file = await Deno.open(path, { read: true, append: true, create: true });
    if (await file.tryLock(true)) return file;
    file.close();
  } catch (cause) {
    throw new InputError(`Cannot write the ledger ${JSON.stringify(path)}: ${reasonOf(cause)}`, {
      cause,
    });
  }
  throw new InputError(`Cannot write the ledger ${JSON.stringify(path)}: another run has it open`, {
    hint: "Wait for it, or give each run its own --output or --shard",
  });
}

/** Refuses to write what nobody would find: the folder was moved or removed while the run was on. */
async function requireInPlace(file: Deno.FsFile, path: string): Promise<void> {
  // Windows moves no folder in which a file is open, and knows no inodes.
  if (Deno.build.os === "windows") return;
  const there = await Deno.stat(path).catch(() => undefined);
  const own = await file.stat();
  if (there !== undefined && there.ino === own.ino && there.dev === own.dev) return;
  throw new InputError(
    `Cannot write the ledger ${JSON.stringify(path)}: it was moved or removed while the run was on`,
    { hint: "Run again: what is not there is made anew" },
  );
}

async function writeLine(file: Deno.FsFile, path: string, entry: LedgerEntry): Promise<void> {
  const bytes = new TextEncoder().encode(`\n${JSON.stringify(entry)}`);
  try {
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.syncData();
  } catch (cause) {
    throw new InputError(`Cannot write the ledger ${JSON.stringify(path)}: ${reasonOf(cause)}`, {
      cause,
    });
  }
}
