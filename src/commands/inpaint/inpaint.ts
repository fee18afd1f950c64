/**
 * `pconv inpaint`.
 * @module
 */
import { openBackend } from "../../backend/open_backend.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, InputError } from "../../errors.ts";
import { external } from "../../methods/external.ts";
import type { FillMethod } from "../../methods/types.ts";
import { findMethod } from "../methods/method_catalog.ts";
import { openResultFolder } from "../methods/result_folder.ts";
import { givenPaths, planPictures } from "../pictures/picture_plan.ts";
import { runPictures } from "../pictures/run_pictures.ts";
import { inpaintFile, type InpaintResult, type InpaintSettings } from "./inpaint_file.ts";

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
  const settings: InpaintSettings = {
    method: await openMethod(options, io),
    invertMask: options.invertMask,
    maskThreshold: options.maskThreshold,
    strict: options.strict,
    overwrite: options.overwrite,
    format: options.format,
    quality: options.quality,
    sideBySide: options.sideBySide,
    taken: new Set(givenPaths(jobs).keys()),
    signal: io.signal,
    readStdin: io.stdin,
    writeStdout: io.stdout,
  };
  return await runPictures(jobs, {
    io,
    work: (job) => inpaintFile(job, settings),
    sentence,
    output: options.output,
    failedBefore: problems.length,
  });
}

async function openMethod(
  { method, results, weights, context, tile, seed, device }: ParsedOptions<"inpaint">["options"],
  io: CommandIo,
): Promise<FillMethod> {
  if (method === "external") return external(await openResultFolder(results!));
  return await findMethod(method)!.open({
    ...{ weights, context, tile, seed },
    openBackend: () => openBackend(device, { log: io.log }),
  });
}

function sentence({ input, output, status, holeRatio, elapsedMs }: InpaintResult): string {
  const share = `${(100 * holeRatio).toFixed(1)} % of it filled`;
  const what = status === "unchanged" ? "no hole, written as it was" : share;
  return `"${input}": ${what}, "${output}", ${(elapsedMs / 1000).toFixed(1)} s`;
}
