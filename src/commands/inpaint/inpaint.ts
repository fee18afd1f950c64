/**
 * `pconv inpaint`.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { external } from "../../methods/external.ts";
import type { FillMethod } from "../../methods/types.ts";
import { findMethod } from "../methods/method_catalog.ts";
import { openingMethod } from "../methods/opening_method.ts";
import { openResultFolder } from "../methods/result_folder.ts";
import { weightsIdentity } from "../methods/weights_identity.ts";
import { createBudget } from "../pictures/budget.ts";
import type { PictureReport } from "../pictures/picture_work.ts";
import type { Setting } from "../pictures/ledger/ledger_entry.ts";
import { runPictureCommand } from "../pictures/picture_command.ts";
import { readRequest } from "../pictures/read_request.ts";
import { fillWork } from "./fill_picture.ts";

/** Pictures that are with the method at once: the next one waits there already when one is done. */
const CONCURRENT_FILLS = 2;

/**
 * Fills the holes of files, folders, archives or standard input. One bad file never stops the others.
 *
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {UsageError} If the request contradicts itself.
 * @throws {BackendError} If there is no device.
 * @throws {WeightsError} If there are no weights.
 */
export async function inpaint(
  { options, positionals }: ParsedOptions<"inpaint">,
  io: CommandIo,
): Promise<number> {
  return await runPictureCommand(options, {
    request: readRequest("inpaint", positionals, options),
    settings: async () => ({ ...await methodSettings(options), ...fileSettings(options) }),
    open(codec, isSoon) {
      const method = openingMethod(options.method, () => openMethod(options, io), { isSoon });
      const { quality, sideBySide, verify } = options;
      const work = fillWork({
        ...{ method, codec, quality, sideBySide, verify },
        fills: createBudget(CONCURRENT_FILLS),
      });
      return { ...work, ready: () => method.ready(), close: () => method.close() };
    },
    sentence,
  }, io);
}

/** What decides how holes are filled. */
async function methodSettings(
  { method, weights, results, seed, context, tile }: ParsedOptions<"inpaint">["options"],
): Promise<Record<string, Setting>> {
  if (method === "external") {
    return { method, results: (await openResultFolder(results!)).stamp };
  }
  const usual = findMethod(method)?.weights;
  return {
    method,
    ...(method === "patchmatch" ? { seed } : {}),
    ...(usual === undefined
      ? {}
      : { weights: await weightsIdentity(weights ?? usual), context, tile }),
  };
}

/** What decides what a result is written as. */
function fileSettings(
  { format, quality, sideBySide }: ParsedOptions<"inpaint">["options"],
): Record<string, Setting> {
  return { format: format ?? null, quality: quality ?? null, "side-by-side": sideBySide };
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

function sentence(
  { input, output, status, holeRatio, elapsedMs, verified }: PictureReport,
): string {
  const share = `${(100 * (holeRatio ?? 0)).toFixed(1)} % of it filled`;
  const what = status === "filled"
    ? share
    : status === "unchanged"
    ? "no hole, written as it was"
    : status;
  const proof = verified === undefined ? "" : `; ${verified}`;
  return `"${input}": ${what}, "${output}", ${((elapsedMs ?? 0) / 1000).toFixed(1)} s${proof}`;
}
