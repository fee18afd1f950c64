/**
 * `pconv superres`.
 * @module
 */
import { openBackend } from "../../backend/open_backend.ts";
import { readNetwork } from "../../checkpoint/weights.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, InputError } from "../../errors.ts";
import { kernelUpscaler } from "../../methods/kernel_upscaler.ts";
import type { Upscaler } from "../../methods/upscaler.ts";
import { givenPaths, planPictures } from "../pictures/picture_plan.ts";
import { runPictures } from "../pictures/run_pictures.ts";
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
  const settings: SuperresSettings = {
    upscaler: await openUpscaler(options, io),
    scale: options.scale,
    invertMask: options.invertMask,
    maskThreshold: options.maskThreshold,
    strict: options.strict,
    overwrite: options.overwrite,
    format,
    quality: options.quality,
    taken: new Set(givenPaths(jobs).keys()),
    signal: io.signal,
    readStdin: io.stdin,
    writeStdout: io.stdout,
  };
  return await runPictures(jobs, {
    io,
    work: (job) => superresFile(job, settings),
    sentence,
    output,
    failedBefore: problems.length,
  });
}

async function openUpscaler(
  { method, weights, tile, blend, device }: ParsedOptions<"superres">["options"],
  io: CommandIo,
): Promise<Upscaler> {
  if (method !== "superres") return kernelUpscaler(method);
  // The backend comes first: reading a network puts its tensors there.
  const backend = await openBackend(device, { log: io.log });
  const { config, parameters } = await readNetwork(weights);
  const { superres } = await import("../../methods/superres.ts");
  return superres({ config, parameters, backend, tile, blend });
}

function sentence({ input, output, width, height, scale, elapsedMs }: SuperresResult): string {
  const seconds = (elapsedMs / 1000).toFixed(1);
  return `"${input}": ${scale} times, ${width}x${height}, "${output}", ${seconds} s`;
}
