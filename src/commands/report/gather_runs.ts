/**
 * What the ledgers of output folders tell together.
 * @module
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import type { PictureRow, PictureStatus } from "../../report/run/run_page_record.ts";
import { pictureKey } from "../pictures/ledger/index_done.ts";
import type { DoneEntry, LedgerEntry, SessionEntry } from "../pictures/ledger/ledger_entry.ts";
import type { LedgerFile } from "../pictures/ledger/read_ledgers.ts";

/** A folder and its ledgers. */
export interface LedgerFolder {
  readonly folder: string;
  readonly ledgers: readonly LedgerFile[];
}

/** All runs as one. */
export interface GatheredRuns {
  /** Of the runs that wrote what is there now, the last one's. */
  readonly session: SessionEntry | undefined;
  /** ISO 8601; of the first run. */
  readonly startedAt: string;
  /** From the first beginning to the last known end. */
  readonly elapsedMs: number;
  /** Last word on each picture, by input. */
  readonly rows: readonly PictureRow[];
  /** What the ledger has of those that were done. */
  readonly entries: ReadonlyMap<PictureRow, DoneEntry>;
}

/** Puts ledgers together: the last entry about a picture counts, runs in the order in which they began. */
export function gatherRuns(folders: readonly LedgerFolder[]): GatheredRuns {
  const runs = folders.flatMap(({ folder, ledgers }) =>
    ledgers.flatMap(({ entries }) => splitRuns(entries).map((run) => ({ ...run, folder })))
  ).toSorted((a, b) => a.session.startedAt < b.session.startedAt ? -1 : 1);
  const last = new Map<string, { readonly row: PictureRow; readonly entry?: DoneEntry }>();
  let [start, end] = [Infinity, -Infinity];
  for (const { session, entries, folder } of runs) {
    const began = Date.parse(session.startedAt);
    start = Math.min(start, began);
    end = Math.max(end, began);
    for (const entry of entries) {
      if (entry.kind === "end") end = Math.max(end, began + entry.elapsedMs);
      if (entry.kind !== "done" && entry.kind !== "failed") continue;
      const key = `${folder}\n${pictureKey(entry)}`;
      last.set(
        key,
        entry.kind === "done"
          ? {
            row: doneRow(entry, { folder, session }),
            entry: { ...entry, maskFile: maskOf(entry, session) },
          }
          : { row: failedRow(entry, session) },
      );
    }
  }
  const pictures = [...last.values()];
  return {
    session: runs.at(-1)?.session,
    startedAt: Number.isFinite(start) ? new Date(start).toISOString() : "",
    elapsedMs: Number.isFinite(start) ? end - start : 0,
    entries: new Map(
      pictures.flatMap(({ row, entry }) => entry === undefined ? [] : [[row, entry]]),
    ),
    rows: pictures.map(({ row }) => row).toSorted((a, b) => a.input < b.input ? -1 : 1),
  };
}

interface Run {
  readonly session: SessionEntry;
  readonly entries: readonly LedgerEntry[];
}

/** A session begins a run; a ledger whose first line is lost has none to tell of. */
function splitRuns(entries: readonly LedgerEntry[]): Run[] {
  const starts = entries.flatMap((entry, i) => entry.kind === "session" ? [i] : []);
  return starts.map((start, i) => ({
    session: entries[start] as SessionEntry,
    entries: entries.slice(start + 1, starts[i + 1]),
  }));
}

function doneRow(
  { input, output, row }: DoneEntry,
  { folder, session }: { readonly folder: string; readonly session: SessionEntry },
): PictureRow {
  const { status, width, height, holeRatio, elapsedMs, verified, mask, warnings } = row;
  const numbers = Object.fromEntries(
    Object.entries({ width, height, holeRatio, elapsedMs })
      .filter(([, value]) => typeof value === "number"),
  );
  const texts = Object.fromEntries(
    Object.entries({ verified, mask }).filter(([, value]) => typeof value === "string"),
  );
  return {
    ...{ output: join(folder, output), status: statusOf(status) },
    ...(row["isArchived"] === true
      ? { input, isArchived: true }
      : { input: fromHere(input, session) }),
    ...numbers,
    ...texts,
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
    ...partOf(session),
  };
}

/** The path of a file that was named in another working directory. */
function fromHere(path: string, { cwd }: SessionEntry): string {
  return isAbsolute(path) ? path : relative(Deno.cwd(), resolve(cwd, path));
}

function maskOf({ maskFile }: DoneEntry, session: SessionEntry): string | null {
  return typeof maskFile === "string" ? fromHere(maskFile, session) : null;
}

function statusOf(status: unknown): PictureStatus {
  return status === "unchanged" || status === "enlarged" || status === "copied" ? status : "filled";
}

function failedRow(
  { input, error }: { readonly input: string; readonly error: string },
  session: SessionEntry,
): PictureRow {
  return {
    input: fromHere(input, session),
    status: "failed",
    error,
    warnings: [],
    ...partOf(session),
  };
}

function partOf({ shard }: SessionEntry): { shard?: string } {
  return typeof shard === "string" ? { shard } : {};
}
