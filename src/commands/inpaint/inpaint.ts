/**
 * `pconv inpaint`.
 * @module
 */
import { openBackend } from "../../backend/open_backend.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, InputError, UserError } from "../../errors.ts";
import { external } from "../../methods/external.ts";
import type { FillMethod } from "../../methods/types.ts";
import { findMethod } from "../methods/method_catalog.ts";
import { openResultFolder } from "../methods/result_folder.ts";
import { inpaintFile, type InpaintResult, type InpaintSettings } from "./inpaint_file.ts";
import { givenPaths, planInpaint } from "./inpaint_plan.ts";

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
  const { jobs, problems } = await planInpaint({
    inputs: positionals,
    mask: options.mask,
    output: options.output,
    format: options.format,
  });
  let failed = problems.length;
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
  let done = 0;
  for (const job of jobs) {
    if (io.signal.aborted) break;
    try {
      const result = await inpaintFile(job, settings);
      done += 1;
      for (const warning of result.warnings) io.warn(warning);
      await io.json?.(result);
      if (jobs.length === 1) io.log(sentence(result));
    } catch (error) {
      if (io.signal.aborted) break;
      // A broken device spoils everything that follows, so it ends the run.
      if (!(error instanceof UserError) || error.exitCode === EXIT.unavailable) throw error;
      failed += 1;
      io.report(error);
      await io.json?.({ input: job.input, status: "failed", error: error.message });
    }
    io.progress.update({
      done: done + failed,
      total: jobs.length,
      unit: "images",
      text: job.input,
    });
  }
  const summary = `${done} of ${jobs.length} images done`;
  if (io.signal.aborted) {
    io.progress.finish(`interrupted: ${summary}`);
    return EXIT.interrupted;
  }
  io.progress.finish(
    jobs.length === 1
      ? undefined
      : `${summary}${failed > 0 ? `, ${failed} failed` : ""}: "${options.output}"`,
  );
  return failed > 0 ? EXIT.someFailed : EXIT.done;
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
