/**
 * What ledgers know, by the path of the result.
 * @module
 */
import { extname, relative, sep } from "node:path";
import type { DoneEntry, FailedEntry } from "./ledger_entry.ts";
import type { LedgerFile } from "./read_ledgers.ts";

/** What ledgers know. */
export interface DoneIndex {
  /** All that is known of a result. @param output Its path. */
  find(output: string): readonly DoneEntry[];
  /** True if the last word on a picture is that it failed. */
  hasFailed(picture: LedgerPicture): boolean;
  /** Adds what was written just now. */
  add(entry: DoneEntry | FailedEntry): void;
}

/** What a picture is known by: results of one folder differ in stem or ending. */
export type LedgerPicture = Pick<DoneEntry, "input" | "stem">;

/** One text for a picture, however the path to it is spelt. */
export function pictureKey({ input, stem }: LedgerPicture): string {
  return `${stem}\n${extname(input)}`;
}

/** Path below the folder, the same on every system. */
export function belowFolder(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** Puts the entries of all ledgers of a folder in order. */
export function indexDone(folder: string, files: readonly LedgerFile[]): DoneIndex {
  const known = new Map<string, DoneEntry[]>();
  const failed = new Set<string>();
  const add = (entry: DoneEntry | FailedEntry) => {
    if (entry.kind === "failed") {
      failed.add(pictureKey(entry));
      return;
    }
    failed.delete(pictureKey(entry));
    const entries = known.get(entry.output);
    if (entries === undefined) known.set(entry.output, [entry]);
    else entries.push(entry);
  };
  for (const { entries } of files) {
    for (const entry of entries) {
      if (entry.kind === "done" || entry.kind === "failed") add(entry);
    }
  }
  return {
    hasFailed: (picture) => failed.has(pictureKey(picture)),
    find: (output) => known.get(belowFolder(folder, output)) ?? [],
    add,
  };
}
