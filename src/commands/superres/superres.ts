/**
 * `pconv superres`.
 * @module
 */
import { readNetworkFile } from "../../checkpoint/network_file.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { openPictureWorkers } from "../../data/picture_workers.ts";
import { EXIT, InputError } from "../../errors.ts";
import { openEngine } from "../../engine/open_engine.ts";
import { kernelUpscaler } from "../../methods/kernel_upscaler.ts";
import { superres } from "../../methods/superres.ts";
import type { Upscaler } from "../../methods/upscaler.ts";
import { createBudget } from "../pictures/budget.ts";
import { createMaskReader } from "../pictures/mask_reader.ts";
import { givenPaths, planPictures } from "../pictures/picture_plan.ts";
import { createPlaceBook } from "../pictures/place_book.ts";
import { runPictures } from "../pictures/run_pictures.ts";
import { inFlightOf, workersFor } from "../pictures/worker_count.ts";
import { superresFile, type SuperresResult, type SuperresSettings } from "./superres_file.ts";

/**
 * Enlarges files, folders or standard input. One bad file never stops the others.
 *
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {UsageError} If the request contradicts itself.
 * @throws {BackendError} If there is no device.
 * @throws {WeightsError} If there are no weights.
 */
export async function superresCommand(
  { options, positionals }: ParsedOptions<"superres">,
  io: CommandIo,
): Promise<number> {
  const { mask, output, format } = options;
  const { jobs, problems } = await planPictures({
    verb: "enlarge",
    inputs: positionals,
    ...{ mask, output, format },
  });
  for (const problem of problems) io.report(new InputError(problem));
  if (jobs.length === 0) return EXIT.someFailed;
  const { scale, invertMask, maskThreshold, strict, overwrite, quality } = options;
  const upscaler = await openUpscaler(options, io);
  const count = workersFor(jobs.length, options.workers);
  const workers = openPictureWorkers({ count });
  try {
    const settings: SuperresSettings = {
      ...{ upscaler, scale, codec: workers, invertMask, maskThreshold, strict, format, quality },
      upscales: createBudget(1),
      masks: createMaskReader(workers, { invert: invertMask, threshold: maskThreshold }),
      places: createPlaceBook({ taken: new Set(givenPaths(jobs).keys()), overwrite }),
      readStdin: io.stdin,
      writeStdout: io.stdout,
    };
    return await runPictures(jobs, {
      io,
      work: (job, turn) => superresFile(job, settings, turn),
      sentence,
      output,
      failedBefore: problems.length,
      inFlight: inFlightOf(count),
    });
  } finally {
    workers.close();
    upscaler.close?.();
  }
}

async function openUpscaler(
  { method, weights, tile, blend, device }: ParsedOptions<"superres">["options"],
  io: CommandIo,
): Promise<Upscaler> {
  if (method !== "superres") return kernelUpscaler(method);
  // The device opens while the weights are read.
  const network = readNetworkFile(weights);
  const engine = await openEngine({ device, network, log: io.log });
  const { config } = await network;
  return superres({ config, engine, tile, blend });
}

function sentence({ input, output, width, height, scale, elapsedMs }: SuperresResult): string {
  const seconds = (elapsedMs / 1000).toFixed(1);
  return `"${input}": ${scale} times, ${width}x${height}, "${output}", ${seconds} s`;
}
