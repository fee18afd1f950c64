/**
 * One picture from file to file: everything around the work on its pixels.
 * @module
 */
import { sha256 } from "../../checkpoint/sha256.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import type { OutputFormat } from "../../data/encode_image.ts";
import { type ImageHeader, readImageHeader, uprightSize } from "../../data/image_header.ts";
import { UserError } from "../../errors.ts";
import type { PictureRow, PictureStatus } from "../../report/run/run_page_record.ts";
import { judgeResult } from "./ledger/judge_result.ts";
import type { DoneEntry, ResultOrigin, Setting } from "./ledger/ledger_entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { describeMask } from "./describe_mask.ts";
import { type HoleSources, maskFileOf } from "./mask_source.ts";
import { OccupiedError } from "./occupied_error.ts";
import { chooseFormat, outputPath } from "./output_place.ts";
import type { PictureJob } from "./picture_plan.ts";
import type { PlaceBook } from "./place_book.ts";
import { type InputBytes, readBytes, readInput } from "./read_input.ts";
import type { MaskSettings } from "./read_picture_mask.ts";
import type { PictureTurn } from "./run_pictures.ts";

/** What a run has for all of its pictures. */
export interface PictureTools {
  readonly places: PlaceBook;
  readonly masks: MaskSettings;
  /** Absent if results do not go into a folder. */
  readonly ledger: Pick<Ledger, "tag" | "find" | "hasFailed" | "record"> | undefined;
  /** Everything but input and mask that decides the bytes of a result. */
  readonly settings: Readonly<Record<string, Setting>>;
  readonly format: OutputFormat | undefined;
  /** True does again what is done. */
  readonly overwrite: boolean;
  /** True does again what is done but was not proven. */
  readonly needsProof: boolean;
  /** True looks at everything and makes nothing. */
  readonly isDry: boolean;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly writeStdout: (bytes: Uint8Array) => Promise<void>;
}

/** A picture that is to be worked on. */
export interface PictureTask {
  readonly input: InputBytes;
  readonly header: ImageHeader;
  /** Of the result. */
  readonly format: OutputFormat;
  readonly mask: HoleSources;
  /** How masks are read. */
  readonly masks: MaskSettings;
  readonly stem: string;
  readonly turn: PictureTurn;
}

/** What the work on the pixels gives. */
export interface MadePicture {
  readonly status: Exclude<PictureStatus, "done before" | "failed">;
  /** The file. */
  readonly encoded: Uint8Array;
  /** Of the result, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of the input's pixels that were hole. */
  readonly holeRatio: number;
  readonly warnings: readonly string[];
  /** Fields of the row that only this command has. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Files beside the result. */
  readonly beside?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Compares what was written with what came in. @returns One line. @throws {InputError} If it may not be. */
  readonly verify?: (written: Uint8Array) => Promise<string>;
}

/** How a command works on pictures. */
export interface PictureWork {
  /** Refuses what is known to fail, before anything is decoded. @throws {InputError} */
  readonly check?: (task: Pick<PictureTask, "input" | "header" | "format">) => void;
  /** Pixels that it holds in memory at once. */
  readonly pixelsOf: (header: ImageHeader) => number;
  /** Paths of what is written beside a result. */
  readonly besideOf?: (output: string) => readonly string[];
  readonly make: (
    task: PictureTask & { readonly output: string | undefined },
  ) => Promise<MadePicture>;
}

/** What became of a picture, as `--json` prints it. */
export interface PictureReport extends Omit<PictureRow, "status"> {
  /** "to do" where nothing is made, only looked at. */
  readonly status: PictureStatus | "to do";
  readonly output: string;
  /** Hands the result on, where it is no file. */
  readonly deliver?: () => Promise<void>;
}

/**
 * Takes one picture from reading to writing. The file appears complete or not at all, and a ledger knows of it before it
 * has its name. What is there already, made from the same in the same way, is left as it is.
 *
 * @throws {UserError} If a file cannot be read, does not fit, or the result cannot be written.
 */
export async function handlePicture(
  job: PictureJob,
  turn: PictureTurn,
  { tools, work }: { readonly tools: PictureTools; readonly work: PictureWork },
): Promise<PictureReport> {
  const startMs = performance.now();
  const { mask } = job;
  if (mask instanceof UserError) throw mask;
  const input = job.bytes === undefined
    ? await readInput(job.input, tools.readStdin)
    : { name: job.input, bytes: job.bytes };
  const header = readImageHeader(input.bytes, { name: input.name });
  const format = chooseFormat(job.output, tools.format, header.format);
  work.check?.({ input, header, format });
  const output = outputPath(job.output, format, header.format);
  const isFile = job.output.kind === "file" || job.output.kind === "stem";
  const about = {
    ...{ input: input.name, output: output ?? "standard output" },
    ...(job.bytes === undefined ? {} : { isArchived: true as const }),
    ...(mask.length === 0 ? {} : { mask: describeMask(mask) }),
  };
  const timed = () => ({ elapsedMs: Math.round(performance.now() - startMs) });

  const origin = tools.ledger === undefined || !isFile
    ? undefined
    : await originOf(input.bytes, mask, tools.settings);
  const beside = isFile ? work.besideOf?.(output!) ?? [] : [];
  const done = origin === undefined || tools.overwrite
    ? undefined
    : await findDone(output!, origin, tools.ledger!);
  if (done !== undefined && !(tools.needsProof && done.row["verified"] === undefined)) {
    if (await allExist(beside)) {
      // An earlier failure of this picture is over.
      if (tools.ledger!.hasFailed(job)) await tools.ledger!.record({ ...done, output: output! });
      return { ...rowOf(done), ...about, status: "done before", warnings: [], ...timed() };
    }
  }
  const isOurs = isFile && (tools.ledger?.find(output!).length ?? 0) > 0;
  // What is done is made again to the same bytes, for its proof or for what lies beside it.
  const own = [...done === undefined ? [] : [output!], ...isOurs ? beside : []];
  const places = await tools.places.hold(isFile ? [output!, ...beside] : [], own);
  try {
    if (tools.isDry) {
      const size = uprightSize(header);
      return { ...about, status: "to do", ...size, warnings: [], ...timed() };
    }
    await turn.admit(work.pixelsOf(header));
    const made = await work.make({
      ...{ input, header, format, mask, stem: job.stem, turn, output },
      masks: tools.masks,
    });
    turn.signal.throwIfAborted();
    const row = () => ({
      ...about,
      status: made.status,
      ...made.more,
      ...{ width: made.width, height: made.height, holeRatio: made.holeRatio },
      warnings: made.warnings,
    });
    if (!isFile) {
      const verified = await made.verify?.(made.encoded);
      const deliver = () =>
        job.output.kind === "member"
          ? job.output.add(output!, made.encoded)
          : tools.writeStdout(made.encoded);
      return { ...row(), ...(verified === undefined ? {} : { verified }), ...timed(), deliver };
    }
    const tagged = tools.ledger === undefined ? {} : { tag: tools.ledger.tag };
    let verified: string | undefined;
    await writeFileAtomic(output!, made.encoded, {
      ...tagged,
      mayReplace: tools.overwrite || done !== undefined,
      async beforeNaming(readBack) {
        verified = await made.verify?.(await readBack());
        await tools.ledger?.record({
          ...{ kind: "done", input: about.input, stem: job.stem, output: output!, ...origin! },
          outputSha256: await sha256(made.encoded),
          row: { ...row(), ...(verified === undefined ? {} : { verified }), ...timed() },
        });
      },
    });
    places.keep();
    for (const { path, bytes } of made.beside ?? []) await writeFileAtomic(path, bytes, tagged);
    return { ...row(), ...(verified === undefined ? {} : { verified }), ...timed() };
  } finally {
    places.release();
  }
}

async function allExist(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) => Deno.stat(path).then(() => true, () => false)),
  );
  return !found.includes(false);
}

async function originOf(
  bytes: Uint8Array,
  mask: HoleSources,
  settings: PictureTools["settings"],
): Promise<ResultOrigin> {
  const file = maskFileOf(mask);
  return {
    inputSha256: await sha256(bytes),
    mask: describeMask(mask),
    maskRest: describeMask(mask.filter(({ kind }) => kind !== "file")),
    maskFile: file ?? null,
    maskSha256: file === undefined ? null : await sha256(await readBytes(file)),
    settings,
  };
}

/** The entry of a result that need not be made again; undefined if nothing lies at its place. */
async function findDone(
  output: string,
  origin: ResultOrigin,
  ledger: Pick<Ledger, "find">,
): Promise<DoneEntry | undefined> {
  const verdict = await judgeResult(output, ledger.find(output), origin);
  const again = { hint: "Give --overwrite to replace it" };
  switch (verdict.kind) {
    case "missing":
      return undefined;
    case "done":
      return verdict.entry;
    case "outdated":
      throw new OccupiedError(
        `Cannot write ${JSON.stringify(output)}: it exists, made from ${
          verdict.differences.join(", ")
        }`,
        again,
      );
    case "foreign":
      throw new OccupiedError(
        `Cannot write ${JSON.stringify(output)}: it exists${
          verdict.isChanged ? " and was changed since pconv wrote it" : ""
        }`,
        again,
      );
  }
}

/** What the ledger kept of a picture's row: all but what this run says itself. */
function rowOf({ row }: DoneEntry): Partial<PictureRow> {
  const { width, height, holeRatio, verified } = row as unknown as PictureRow;
  return {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(holeRatio === undefined ? {} : { holeRatio }),
    ...(verified === undefined ? {} : { verified }),
  };
}
