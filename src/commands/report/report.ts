/**
 * `pconv report`.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import type { DecodedImage } from "../../data/decode_image.ts";
import { localCodec } from "../../data/picture_codec.ts";
import { EXIT, InputError } from "../../errors.ts";
import { runPage } from "../../report/run/run_page.ts";
import type { DoneEntry } from "../pictures/ledger/ledger_entry.ts";
import { checkPagePlace } from "../pictures/check_page_place.ts";
import { readLedgers } from "../pictures/ledger/read_ledgers.ts";
import { createMaskReader } from "../pictures/mask_reader.ts";
import { readPictureMask } from "../pictures/read_picture_mask.ts";
import { chooseShown, makeExamples } from "../pictures/run_examples.ts";
import { gatherRuns, type LedgerFolder } from "./gather_runs.ts";

/**
 * Makes one page of what runs of `inpaint` or `superres` have done in folders, whatever number of parts they were.
 *
 * @returns 0.
 * @throws {InputError} If a folder was written by no run, or the page exists.
 */
export async function report(
  { options, positionals }: ParsedOptions<"report">,
  io: CommandIo,
): Promise<number> {
  const { output, overwrite } = options;
  const isStdout = output === "-";
  if (!isStdout) await checkPagePlace(output, { overwrite });
  const folders: LedgerFolder[] = [];
  for (const folder of positionals) {
    const ledgers = await readLedgers(folder);
    if (ledgers.length === 0) {
      throw new InputError(
        `Cannot report on "${folder}": no run has written into it, it must be an --output of inpaint or superres`,
      );
    }
    folders.push({ folder, ledgers });
  }
  const { session, startedAt, elapsedMs, rows, entries } = gatherRuns(folders);
  const shown = chooseShown(rows, options.examples);
  const examples = await makeExamples(shown, {
    codec: localCodec,
    holeOf: (row, image) => holeAgain(entries.get(row), image),
    signal: io.signal,
  });
  const failed = rows.filter(({ status }) => status === "failed").length;
  const page = runPage({
    title: positionals.join(", "),
    command: session?.command ?? "",
    version: io.version,
    ...{ startedAt, elapsedMs, rows, examples },
    facts: session?.facts ?? [],
    examplesLeftOut: rows.length - failed - examples.length,
  });
  const bytes = new TextEncoder().encode(page);
  if (isStdout) await io.stdout(bytes);
  else await writeFileAtomic(output, bytes);
  io.log(`${rows.length} images, ${failed} failed: "${isStdout ? "standard output" : output}"`);
  return EXIT.done;
}

/** Reads a hole as the run did, to paint it into the picture before; only those of files are known again. */
async function holeAgain(
  entry: DoneEntry | undefined,
  image: DecodedImage,
): Promise<Uint8Array | undefined> {
  if (entry === undefined || typeof entry.maskFile !== "string") return undefined;
  const { settings, input: name } = entry;
  const numberOf = (key: string, usual: number) => {
    const value = settings[key];
    return typeof value === "number" ? value : usual;
  };
  const invertMask = settings["mask-polarity"] === "black";
  const maskThreshold = numberOf("mask-threshold", 128);
  const { holeMask } = await readPictureMask([{ kind: "file", path: entry.maskFile }], image, {
    ...{ name, verb: "inpaint", invertMask, maskThreshold, strict: false },
    ...{ maskGrow: numberOf("mask-grow", 0), maskFeather: numberOf("mask-feather", 0) },
    masks: createMaskReader(localCodec, { invert: invertMask, threshold: maskThreshold }),
  });
  return holeMask;
}
