/**
 * `pconv inpaint`.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { openPictureWorkers } from "../../data/picture_workers.ts";
import { EXIT, InputError } from "../../errors.ts";
import { external } from "../../methods/external.ts";
import type { FillMethod } from "../../methods/types.ts";
import { findMethod } from "../methods/method_catalog.ts";
import { openingMethod } from "../methods/opening_method.ts";
import { openResultFolder } from "../methods/result_folder.ts";
import { createBudget } from "../pictures/budget.ts";
import { createMaskReader } from "../pictures/mask_reader.ts";
import { givenPaths, planPictures } from "../pictures/picture_plan.ts";
import { createPlaceBook } from "../pictures/place_book.ts";
import { runPictures } from "../pictures/run_pictures.ts";
import { inFlightOf, workersFor } from "../pictures/worker_count.ts";
import { inpaintFile, type InpaintResult, type InpaintSettings } from "./inpaint_file.ts";

/** Pictures that are with the method at once: the next one waits there already when one is done. */
const CONCURRENT_FILLS = 2;

/**
 * Fills the holes of files, folders or standard input. One bad file never stops the others.
 *
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {UsageError} If the request contradicts itself.
 * @throws {BackendError} If there is no device.
 * @throws {WeightsError} If there are no weights.
 */
export async function inpaint(parsed: ParsedOptions<"inpaint">, io: CommandIo): Promise<number> {
  const { options, positionals } = parsed;
  const { jobs, problems } = await planPictures({
    verb: "inpaint",
    inputs: positionals,
    mask: options.mask,
    output: options.output,
    format: options.format,
  });
  for (const problem of problems) io.report(new InputError(problem));
  if (jobs.length === 0) return EXIT.someFailed;
  const { invertMask, maskThreshold, strict, overwrite, format, quality, sideBySide } = options;
  const method = openingMethod(options.method, openMethod(options, io));
  const count = workersFor(jobs.length, options.workers);
  const workers = openPictureWorkers({ count });
  try {
    const settings: InpaintSettings = {
      ...{ method, codec: workers, invertMask, maskThreshold, strict, format, quality, sideBySide },
      fills: createBudget(CONCURRENT_FILLS),
      masks: createMaskReader(workers, { invert: invertMask, threshold: maskThreshold }),
      places: createPlaceBook({ taken: new Set(givenPaths(jobs).keys()), overwrite }),
      readStdin: io.stdin,
      writeStdout: io.stdout,
    };
    const code = await runPictures(jobs, {
      io,
      work: (job, turn) => inpaintFile(job, settings, turn),
      sentence,
      output: options.output,
      failedBefore: problems.length,
      inFlight: inFlightOf(count),
    });
    // Pictures without a hole need no method; what was asked for must work all the same.
    if (code !== EXIT.interrupted) await method.ready;
    return code;
  } finally {
    workers.close();
    method.close();
  }
}

async function openMethod(
  { method, results, weights, context, tile, seed, device }: ParsedOptions<"inpaint">["options"],
  io: CommandIo,
): Promise<FillMethod> {
  if (method === "external") return external(await openResultFolder(results!));
  return await findMethod(method)!.open({
    ...{ weights, context, tile, seed },
    device,
    log: io.log,
  });
}

function sentence({ input, output, status, holeRatio, elapsedMs }: InpaintResult): string {
  const share = `${(100 * holeRatio).toFixed(1)} % of it filled`;
  const what = status === "unchanged" ? "no hole, written as it was" : share;
  return `"${input}": ${what}, "${output}", ${(elapsedMs / 1000).toFixed(1)} s`;
}
