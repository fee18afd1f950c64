/**
 * One picture from file to file: everything around the work on its pixels.
 * @module
 */
import { sha256 } from "../../checkpoint/sha256.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { readImageHeader, uprightSize } from "../../data/image_header.ts";
import { UserError } from "../../errors.ts";
import type { PictureRow } from "../../report/run/run_page_record.ts";
import { describeMask } from "./describe_mask.ts";
import { judgeResult } from "./ledger/judge_result.ts";
import type { DoneEntry, ResultOrigin } from "./ledger/ledger_entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { maskFileOf } from "./mask_source.ts";
import { OccupiedError } from "./occupied_error.ts";
import { chooseFormat, outputPath } from "./output_place.ts";
import type { PictureJob } from "./picture_plan.ts";
import type {
  MadePicture,
  PictureReport,
  PictureTask,
  PictureTools,
  PictureWork,
} from "./picture_work.ts";
import { readInput } from "./read_input.ts";
import type { PictureTurn } from "./run_pictures.ts";

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
  const timed = () => ({ elapsedMs: Math.round(performance.now() - startMs) });
  const picture = await openPicture(job, { tools, work });
  const { task, output, isFile, beside, about } = picture;
  const origin = tools.ledger === undefined || !isFile
    ? undefined
    : await originOf(task, tools.settings);
  const done = origin === undefined || tools.overwrite
    ? undefined
    : await findDone(output!, origin, tools.ledger!);
  const isComplete = done !== undefined &&
    (!tools.needsProof || done.row["verified"] !== undefined) && await allExist(beside);
  if (isComplete) {
    // An earlier failure of this picture is over.
    if (tools.ledger!.hasFailed(job)) await tools.ledger!.record({ ...done, output: output! });
    return { ...rowOf(done), ...about, status: "done before", warnings: [], ...timed() };
  }
  const isOurs = isFile && (tools.ledger?.find(output!).length ?? 0) > 0;
  // What is done is made again to the same bytes, for its proof or for what lies beside it.
  const own = [...done === undefined ? [] : [output!], ...isOurs ? beside : []];
  const places = await tools.places.hold(isFile ? [output!, ...beside] : [], own);
  try {
    if (tools.isDry) {
      return { ...about, status: "to do", ...uprightSize(task.header), warnings: [], ...timed() };
    }
    await turn.admit(work.pixelsOf(task.header));
    const made = await work.make({ ...task, turn, output });
    turn.signal.throwIfAborted();
    if (!isFile) return await proveStreamed(made, { job, picture, tools, timed });
    const mayReplace = tools.overwrite || done !== undefined;
    const report = await writeMade(made, { job, picture, tools, timed, origin, mayReplace });
    places.keep();
    for (const { path, bytes } of made.beside ?? []) {
      await writeFileAtomic(path, bytes, taggedBy(tools));
    }
    return report;
  } finally {
    places.release();
  }
}

/** A picture whose file is in memory, and where its result goes. */
interface OpenedPicture {
  readonly task: Omit<PictureTask, "turn">;
  /** Path, or name in an archive; undefined for standard output. */
  readonly output: string | undefined;
  /** False if the result goes to a stream. */
  readonly isFile: boolean;
  /** Paths beside the result. */
  readonly beside: readonly string[];
  /** What every report begins with. */
  readonly about: Pick<PictureReport, "input" | "output" | "isArchived" | "mask">;
}

async function openPicture(
  job: PictureJob,
  { tools, work }: { readonly tools: PictureTools; readonly work: PictureWork },
): Promise<OpenedPicture> {
  const { mask, stem, bytes } = job;
  if (mask instanceof UserError) throw mask;
  const input = bytes === undefined
    ? await readInput(job.input, tools.readStdin)
    : { name: job.input, bytes };
  const header = readImageHeader(input.bytes, { name: input.name });
  const format = chooseFormat(job.output, tools.format, header.format);
  work.check?.({ input, header, format });
  const output = outputPath(job.output, format, header.format);
  const isFile = job.output.kind === "file" || job.output.kind === "stem";
  return {
    task: { input, header, format, mask, stem, masks: tools.masks },
    output,
    isFile,
    beside: isFile ? work.besideOf?.(output!) ?? [] : [],
    about: {
      ...{ input: input.name, output: output ?? "standard output" },
      ...(bytes === undefined ? {} : { isArchived: true }),
      ...(mask.length === 0 ? {} : { mask: describeMask(mask) }),
    },
  };
}

/** What the last step of a picture works with. */
interface LastStep {
  readonly job: PictureJob;
  readonly picture: OpenedPicture;
  readonly tools: PictureTools;
  readonly timed: () => { readonly elapsedMs: number };
}

/** Proves a result, and leaves it to be handed on when it is its turn. */
async function proveStreamed(
  made: MadePicture,
  { job: { output: target }, picture: { about, output }, tools, timed }: LastStep,
): Promise<PictureReport> {
  const verified = await made.verify?.(made.encoded);
  const deliver = () =>
    target.kind === "member" ? target.add(output!, made.encoded) : tools.writeStdout(made.encoded);
  return { ...reportOf(made, about, verified), ...timed(), deliver };
}

/** Writes a result; before it has its name, what was written is proven and the ledger told. */
async function writeMade(
  made: MadePicture,
  { job, picture: { about, output }, tools, timed, origin, mayReplace }: LastStep & {
    readonly origin: ResultOrigin | undefined;
    readonly mayReplace: boolean;
  },
): Promise<PictureReport> {
  let verified: string | undefined;
  await writeFileAtomic(output!, made.encoded, {
    ...taggedBy(tools),
    mayReplace,
    async beforeNaming(readBack) {
      verified = await made.verify?.(await readBack());
      await tools.ledger?.record({
        ...{ kind: "done", input: about.input, stem: job.stem, output: output!, ...origin! },
        outputSha256: await sha256(made.encoded),
        row: { ...reportOf(made, about, verified), ...timed() },
      });
    },
  });
  return { ...reportOf(made, about, verified), ...timed() };
}

function taggedBy({ ledger }: PictureTools): { readonly tag?: string } {
  return ledger === undefined ? {} : { tag: ledger.tag };
}

function reportOf(
  { status, more, width, height, holeRatio, warnings }: MadePicture,
  about: OpenedPicture["about"],
  verified: string | undefined,
): PictureReport {
  return {
    ...{ ...about, status, ...more, width, height, holeRatio, warnings },
    ...(verified === undefined ? {} : { verified }),
  };
}

async function allExist(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) => Deno.stat(path).then(() => true, () => false)),
  );
  return !found.includes(false);
}

async function originOf(
  { input, mask, masks: { masks } }: OpenedPicture["task"],
  settings: PictureTools["settings"],
): Promise<ResultOrigin> {
  const file = maskFileOf(mask);
  return {
    inputSha256: await sha256(input.bytes),
    mask: describeMask(mask),
    maskRest: describeMask(mask.filter(({ kind }) => kind !== "file")),
    maskFile: file ?? null,
    maskSha256: file === undefined ? null : await masks.sha256(file),
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
