/**
 * A command that works on pictures, from its flags to its exit code: what `inpaint` and `superres` have in common.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { openPictureWorkers, type PictureWorkers } from "../../data/picture_workers.ts";
import { type TarWriter, writeTar } from "../../data/tar/write_tar.ts";
import { EXIT, InputError } from "../../errors.ts";
import { checkPagePlace } from "./check_page_place.ts";
import { handlePicture } from "./handle_picture.ts";
import type { PictureReport, PictureTools, PictureWork } from "./picture_work.ts";
import type { Setting } from "./ledger/ledger_entry.ts";
import { type MaskOptions, openMasks } from "./open_masks.ts";
import type { PictureRequest } from "./picture_plan.ts";
import { openPictureSource } from "./picture_source.ts";
import { createPlaceBook } from "./place_book.ts";
import { type MaskSettings, readPictureMask } from "./read_picture_mask.ts";
import { openRunMemory } from "./run_memory.ts";
import { runPictures } from "./run_pictures.ts";
import { readShard, type Shard } from "./shard.ts";
import { inFlightOf, workersFor } from "./worker_count.ts";

/** What a command brings to it. */
export interface PictureCommand {
  readonly request: PictureRequest;
  /** Everything but inputs and masks that decides the bytes of a result, and nothing else. */
  readonly settings: () => Promise<Readonly<Record<string, Setting>>>;
  /**
   * Makes the work ready to be asked for pictures.
   *
   * @param isSoon True if pictures are likely to be made: weights and device may be opened while the first is read.
   */
  readonly open: (codec: PictureWorkers, isSoon: boolean) => OpenedWork;
  /** Says what was done, for a run of one picture. */
  readonly sentence: (report: PictureReport) => string;
}

/** Work that can be asked for pictures. */
export interface OpenedWork extends PictureWork {
  /** Fails if what was asked for cannot be opened; asked for at the end, if no picture needed it. */
  readonly ready: () => Promise<void>;
  /** Frees threads and memory. */
  readonly close: () => void;
}

/** Flags that both commands have. */
type SharedOptions =
  & Pick<
    ParsedOptions<"inpaint">["options"],
    "dryRun" | "failFast" | "overwrite" | "report" | "shard" | "watch" | "workers"
  >
  & MaskOptions
  & { readonly verify?: boolean };

/**
 * Works on files, folders, an archive, standard input or what comes into a folder.
 *
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {UsageError} If the request contradicts itself.
 * @throws {BackendError} If there is no device.
 */
export async function runPictureCommand(
  options: SharedOptions,
  command: PictureCommand,
  io: CommandIo,
): Promise<number> {
  const { request } = command;
  const { failFast, watch } = options;
  if (options.report !== undefined) await checkPagePlace(options.report, options);
  const shard = openShard(options.shard, io);
  let archive: TarWriter | undefined;
  const source = await openPictureSource(request, {
    ...{ io, shard, watch },
    openArchive: () => archive = writeTar((bytes) => io.stdout(bytes)),
  });
  const { problems, total } = source;
  for (const problem of problems) {
    io.report(new InputError(problem));
    await io.json?.({ status: "failed", error: problem });
  }
  for (const warning of source.warnings) io.warn(warning);
  for (const note of source.notes) io.log(note);
  if (problems.length > 0 && (failFast || total === 0)) return EXIT.someFailed;

  const count = workersFor(total ?? Infinity, options.workers);
  const codec = openPictureWorkers({ count });
  const memory = await openRunMemory(options, { command, source, shard, io });
  const work = command.open(codec, memory.isNew && !options.dryRun);
  try {
    const masks = await openMasks(source.maskFiles, options, {
      ...{ codec, io },
      moreToCome: total === undefined && request.mask !== undefined && request.mask !== "alpha",
    });
    const tools: PictureTools = {
      ...{ masks, format: request.format, overwrite: options.overwrite, isDry: options.dryRun },
      needsProof: options.verify === true,
      ledger: memory.ledger,
      settings: { ...memory.settings, ...maskSettings(masks) },
      places: createPlaceBook({
        ...{ taken: source.given, overwrite: options.overwrite, isRepeated: watch },
      }),
      readStdin: source.readStdin,
      writeStdout: io.stdout,
    };
    const code = await runPictures(source.jobs, {
      ...{ io, failFast, failedBefore: problems.length },
      output: request.output ?? "standard output",
      doneWord: options.dryRun ? "to do" : "done",
      work: (job, turn) => handlePicture(job, turn, { tools, work }),
      sentence: options.dryRun ? drySentence : command.sentence,
      inFlight: inFlightOf(count),
      ...(total === undefined ? {} : { total }),
      async onOutcome(job, outcome) {
        await memory.add(job, outcome);
        if (options.dryRun && total !== 1 && "result" in outcome) {
          io.log(drySentence(outcome.result));
        }
      },
    });
    if (!options.dryRun) await archive?.finish();
    await memory.writePage({
      codec,
      readHole: async (sources, image, name) =>
        (await readPictureMask(sources, image, { ...masks, name, verb: request.verb })).holeMask,
    });
    // Pictures without a hole need no method; what was asked for must work all the same. A failure may have told it already.
    if (code === EXIT.done && !options.dryRun) await work.ready();
    return code;
  } finally {
    codec.close();
    work.close();
    await memory.close();
  }
}

function openShard(text: string | undefined, io: CommandIo): Shard | undefined {
  if (text === undefined) return undefined;
  const shard = readShard(text, (name) => Deno.env.get(name));
  if (text === "auto") io.log(`part ${shard.index} of ${shard.count}: ${shard.source}`);
  return shard;
}

/** What decides how masks are read. */
function maskSettings(
  { invertMask, maskThreshold, strict, maskGrow = 0, maskFeather = 0 }: MaskSettings,
): Record<string, Setting> {
  return {
    ...{ "mask-polarity": invertMask ? "black" : "white", "mask-threshold": maskThreshold },
    ...{ "mask-grow": maskGrow, "mask-feather": maskFeather, strict },
  };
}

function drySentence({ input, output, mask, status }: PictureReport): string {
  const what = status === "to do"
    ? `would be done${mask === undefined ? "" : ` with ${mask}`}`
    : status;
  return `"${input}": ${what}, "${output}"`;
}
