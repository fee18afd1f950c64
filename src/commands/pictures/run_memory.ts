/**
 * What a run remembers: of earlier runs, by the ledger of its output folder, and of itself, for its page.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { UserError } from "../../errors.ts";
import { commandLine } from "../command_line.ts";
import { createRunRecord, type WritePageOptions } from "./create_run_record.ts";
import type { PictureReport } from "./picture_work.ts";
import type { Setting } from "./ledger/ledger_entry.ts";
import { type Ledger, openLedger } from "./ledger/ledger.ts";
import { peekLedger } from "./ledger/peek_ledger.ts";
import { removeLeftovers } from "./ledger/remove_leftovers.ts";
import type { PictureJob } from "./picture_plan.ts";
import type { PictureSource } from "./picture_source.ts";
import { OccupiedError } from "./occupied_error.ts";
import type { Outcome } from "./run_pictures.ts";
import type { Shard } from "./shard.ts";

/** What a run remembers. */
export interface RunMemory {
  /** Absent if results do not go into a folder. */
  readonly ledger: Pick<Ledger, "tag" | "find" | "hasFailed" | "record"> | undefined;
  /** True unless an earlier run has worked here: then most may be done. */
  readonly isNew: boolean;
  /** What decides the bytes of a result, but masks; empty where nobody asks. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** Adds what became of a picture. */
  add(job: PictureJob, outcome: Outcome<PictureReport>): Promise<void>;
  /** Writes the page, if one was asked for. @throws {InputError} If it cannot be written. */
  writePage(options: WritePageOptions): Promise<void>;
  close(): Promise<void>;
}

/** Flags that say what is remembered. */
export interface MemoryFlags {
  readonly dryRun: boolean;
  /** Path of the page. */
  readonly report: string | undefined;
}

/** What {@linkcode openRunMemory} works with. */
export interface OpenRunMemoryTools {
  readonly command: { readonly settings: () => Promise<Readonly<Record<string, Setting>>> };
  readonly source: Pick<PictureSource, "outputFolder" | "resultFolders">;
  readonly shard: Shard | undefined;
  readonly io: Pick<CommandIo, "version">;
}

/**
 * Opens the ledger of the output folder, and clears away what killed runs left there. A dry run only looks.
 *
 * @throws {InputError} If another run has the ledger open, or it cannot be written.
 * @throws {WeightsError} If there are no weights.
 */
export async function openRunMemory(
  { dryRun, report }: MemoryFlags,
  { command, source, shard, io }: OpenRunMemoryTools,
): Promise<RunMemory> {
  const startedAt = new Date();
  const { outputFolder } = source;
  const isAsked = outputFolder !== undefined || report !== undefined;
  const settings = isAsked ? await command.settings() : {};
  const session = {
    startedAt: startedAt.toISOString(),
    version: io.version,
    command: commandLine(),
    cwd: Deno.cwd(),
    shard: shard === undefined ? null : `${shard.index}/${shard.count}`,
    facts: Object.entries(settings).flatMap(([name, value]) =>
      value === null ? [] : [[name, String(value)] as const]
    ),
  };
  const opened = outputFolder === undefined || dryRun
    ? undefined
    : await openLedger(outputFolder, { ...session, part: shard });
  const ledger = opened ??
    (outputFolder === undefined ? undefined : await peekLedger(outputFolder));
  if (opened !== undefined) await removeLeftovers(source.resultFolders, opened.formerTags);
  const record = createRunRecord(session, { isKept: report !== undefined });
  return {
    ledger,
    isNew: ledger === undefined || ledger.formerTags.length === 0,
    settings,
    async add(job, outcome) {
      const { status, input, error = "" } = record.add(job, outcome);
      // It was told already; where the disk is full the ledger has no room either, and the run goes on.
      const isRefusal = "error" in outcome && outcome.error instanceof OccupiedError;
      if (status === "failed" && !isRefusal) {
        await ledger?.record({ kind: "failed", input, stem: job.stem, error }).catch(passUserError);
      }
    },
    async writePage(options) {
      if (report !== undefined) await record.writePage(report, options);
    },
    close: async () => await opened?.close(Date.now() - startedAt.getTime()).catch(passUserError),
  };
}

/** What a ledger tells of failures and ends is good to know, but no run depends on it. */
function passUserError(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}
