/**
 * What became of every picture of a run, kept for its page.
 * @module
 */
import { writeFileAtomic } from "../../data/atomic_write.ts";
import type { DecodedImage } from "../../data/decode_image.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { InputError } from "../../errors.ts";
import type { PictureRow } from "../../report/run/run_page_record.ts";
import type { PictureReport } from "./picture_work.ts";
import type { SessionEntry } from "./ledger/ledger_entry.ts";
import { STANDARD_STREAM } from "./list_inputs.ts";
import type { HoleSources } from "./mask_source.ts";
import type { PictureJob } from "./picture_plan.ts";
import { chooseShown, makeExamples } from "./run_examples.ts";
import type { Outcome } from "./run_pictures.ts";

/** Options of {@linkcode RunRecord.writePage}. */
export interface WritePageOptions {
  readonly codec: Pick<PictureCodec, "decode" | "encode">;
  /** Reads a hole again, to paint it into the picture before. */
  readonly readHole: (
    sources: HoleSources,
    image: DecodedImage,
    name: string,
  ) => Promise<Uint8Array>;
}

/** A run's record. */
export interface RunRecord {
  /** Adds a picture. @returns Its row. */
  add(job: PictureJob, outcome: Outcome<PictureReport>): PictureRow;
  /**
   * Writes the page.
   *
   * @param path Is replaced if it exists: it is this run's page.
   * @throws {InputError} If it cannot be written.
   */
  writePage(path: string, options: WritePageOptions): Promise<void>;
}

/**
 * Begins the record of a run. A row takes some 300 bytes of a page and 2 kB of memory; pictures are read again for the page.
 *
 * @param isKept False keeps nothing, for a run without a page, which may be endless.
 */
export function createRunRecord(
  session: Omit<SessionEntry, "kind" | "tag">,
  { isKept = true }: { readonly isKept?: boolean } = {},
): RunRecord {
  const rows: PictureRow[] = [];
  const holes = new Map<PictureRow, HoleSources>();
  const startMs = performance.now();
  return {
    add(job, outcome) {
      const row = rowOf(job, outcome, session.shard);
      if (!isKept) return row;
      rows.push(row);
      if (!(job.mask instanceof InputError)) holes.set(row, job.mask);
      return row;
    },
    async writePage(path, { codec, readHole }) {
      const shown = chooseShown(rows);
      const examples = await makeExamples(shown, {
        codec,
        holeOf: (row, image) => readHole(holes.get(row) ?? [], image, row.input),
      });
      // Few runs have a page.
      const { runPage } = await import("../../report/run/run_page.ts");
      const done = rows.filter(({ status }) => status !== "failed").length;
      const page = runPage({
        title: session.command.split(" ").slice(0, 2).join(" "),
        ...{ command: session.command, version: session.version, facts: session.facts },
        startedAt: session.startedAt,
        elapsedMs: performance.now() - startMs,
        ...{ rows, examples, examplesLeftOut: done - examples.length },
      });
      await writeFileAtomic(path, new TextEncoder().encode(page));
    },
  };
}

function rowOf(
  job: PictureJob,
  outcome: Outcome<PictureReport>,
  shard: string | null,
): PictureRow {
  const part = shard === null ? {} : { shard };
  const input = job.input === STANDARD_STREAM ? "standard input" : job.input;
  if ("error" in outcome) {
    const { error } = outcome;
    const text = error instanceof Error ? error.message : String(error);
    return { input, status: "failed", error: text, warnings: [], ...part };
  }
  const { deliver: _, status, ...row } = outcome.result;
  return { ...row, status: status === "to do" ? "unchanged" : status, ...part };
}
