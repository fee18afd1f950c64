/**
 * What ledgers know, by the path of the result.
 * @module
 */
import { relative, sep } from "node:path";
import type { DoneEntry } from "./ledger_entry.ts";
import type { LedgerFile } from "./read_ledgers.ts";

/** What ledgers know. */
export interface DoneIndex {
  /** All that is known of a result. @param output Its path. */
  find(output: string): readonly DoneEntry[];
  /** Adds what was written just now. */
  add(entry: DoneEntry): void;
}

/** Path below the folder, the same on every system. */
export function belowFolder(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** Puts the entries of all ledgers of a folder in order. */
export function indexDone(folder: string, files: readonly LedgerFile[]): DoneIndex {
  const known = new Map<string, DoneEntry[]>();
  const add = (entry: DoneEntry) => {
    const entries = known.get(entry.output);
    if (entries === undefined) known.set(entry.output, [entry]);
    else entries.push(entry);
  };
  for (const { entries } of files) {
    for (const entry of entries) if (entry.kind === "done") add(entry);
  }
  return { find: (output) => known.get(belowFolder(folder, output)) ?? [], add };
}
