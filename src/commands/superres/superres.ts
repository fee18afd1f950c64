/**
 * `pconv superres`.
 * @module
 */
import { readNetworkFile } from "../../checkpoint/network_file.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { openEngine } from "../../engine/open_engine.ts";
import { kernelUpscaler } from "../../methods/kernel_upscaler.ts";
import { superres } from "../../methods/superres.ts";
import type { Upscaler } from "../../methods/upscaler.ts";
import { openingUpscaler } from "../methods/opening_upscaler.ts";
import { weightsIdentity } from "../methods/weights_identity.ts";
import { createBudget } from "../pictures/budget.ts";
import type { PictureReport } from "../pictures/picture_work.ts";
import type { Setting } from "../pictures/ledger/ledger_entry.ts";
import { runPictureCommand } from "../pictures/picture_command.ts";
import { readRequest } from "../pictures/read_request.ts";
import { enlargeWork } from "./enlarge_picture.ts";

/**
 * Enlarges files, folders, archives or standard input. One bad file never stops the others.
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
  return await runPictureCommand(options, {
    request: readRequest("enlarge", positionals, options),
    settings: () => settingsOf(options),
    open(codec, isSoon) {
      const { method, scale, quality } = options;
      const upscaler = openingUpscaler(method, () => openUpscaler(options, io), { isSoon });
      const work = enlargeWork({ upscaler, upscales: createBudget(1), codec, scale, quality });
      return { ...work, ready: () => upscaler.ready(), close: () => upscaler.close() };
    },
    sentence: (report) => sentence(report, options.scale),
  }, io);
}

/** What decides the bytes of a result. */
async function settingsOf(
  { method, weights, scale, tile, blend, format, quality }: ParsedOptions<"superres">["options"],
): Promise<Record<string, Setting>> {
  return {
    ...{ method, scale, format: format ?? null, quality: quality ?? null },
    ...(method === "superres" ? { weights: await weightsIdentity(weights), tile, blend } : {}),
  };
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

function sentence(
  { input, output, width, height, status, elapsedMs }: PictureReport,
  scale: number,
): string {
  const seconds = ((elapsedMs ?? 0) / 1000).toFixed(1);
  const what = status === "enlarged" ? `${scale} times` : status;
  return `"${input}": ${what}, ${width}x${height}, "${output}", ${seconds} s`;
}
