/**
 * Networks of other projects, from the folder that a user gives.
 * @module
 */
import { join } from "node:path";
import type { Backend } from "../../../backend/open_backend.ts";
import { sha256 } from "../../../checkpoint/sha256.ts";
import { readTfjsModel } from "../../../checkpoint/tfjs_model_file.ts";
import { WeightsError } from "../../../errors.ts";
import { tfjsUpscaler } from "../../../methods/tfjs_upscaler.ts";
import { loadTfjsEnlarger, type TfjsEnlarger } from "../../../model/tfjs_enlarger.ts";
import type { NamedPath } from "../named_path.ts";
import type { EvalUpscaler } from "./eval_upscaler.ts";
import { MOST_SCALE } from "./superres_lists.ts";

/** Options of {@linkcode openPeer}. */
export interface OpenPeerOptions {
  readonly scales: readonly number[];
  readonly openBackend: () => Promise<Backend>;
}

/**
 * Opens the networks of a folder: `x2/model.json` of tfjs's layers format and so on, or the same within its folder
 * `models`, as UpscalerJS's packages have them.
 *
 * @throws {WeightsError} If there is none for any of the scales, or one cannot be used.
 */
export async function openPeer(
  { name, path }: NamedPath,
  { scales, openBackend }: OpenPeerOptions,
): Promise<EvalUpscaler> {
  const files = await findModels(path);
  const served = scales.filter((scale) => files.has(scale));
  if (served.length === 0) {
    throw new WeightsError(
      `Cannot find a network in "${path}": there is no x${scales[0]}/model.json, nor one of ` +
        "another scale that is asked for",
    );
  }
  const backend = await openBackend();
  const networks = new Map<number, TfjsEnlarger>();
  const facts: string[] = [];
  const digests: string[] = [];
  // Those of other scales are read too: a later run may ask for them, and must find the same peer.
  for (const [scale, file] of files) {
    const { format, artifacts } = await readTfjsModel(file);
    if (format !== "layers-model") {
      throw new WeightsError(
        `Cannot enlarge with "${file}": it is a ${format}, must be a layers-model`,
      );
    }
    const digest = await sha256(new Uint8Array(artifacts.weightData as ArrayBuffer));
    digests.push(`x${scale} ${digest}`);
    if (!served.includes(scale)) continue;
    const network = await loadTfjsEnlarger(artifacts, { name: file, scale });
    networks.set(scale, network);
    facts.push(`x${scale} sha256 ${digest.slice(0, 12)}, levels 0 to ${network.white}`);
  }
  return {
    name,
    upscaler: tfjsUpscaler({ name, networks, backend }),
    what: `network "${path}": ${facts.join("; ")}; whole pictures, no tiles`,
    identity: `networks ${digests.join(", ")}`,
    lacks: scales.filter((scale) => !files.has(scale)),
    problems: [],
  };
}

async function findModels(folder: string): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (let scale = 2; scale <= MOST_SCALE; scale++) {
    const file = await findModel(folder, scale);
    if (file !== undefined) found.set(scale, file);
  }
  return found;
}

async function findModel(folder: string, scale: number): Promise<string | undefined> {
  for (const base of [folder, join(folder, "models")]) {
    const path = join(base, `x${scale}`, "model.json");
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
  return undefined;
}
