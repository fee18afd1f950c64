/**
 * The methods of an evaluation of super-resolution, ready to enlarge.
 * @module
 */
import type { Backend } from "../../../backend/open_backend.ts";
import type { DeviceChoice } from "../../../backend/choose_device.ts";
import { readNetworkFile } from "../../../checkpoint/network_file.ts";
import { openEngine } from "../../../engine/open_engine.ts";
import { kernelUpscaler } from "../../../methods/kernel_upscaler.ts";
import { superres } from "../../../methods/superres.ts";
import { openResultFolder } from "../../methods/result_folder.ts";
import type { NamedPath } from "../named_path.ts";
import type { EvalUpscaler } from "./eval_upscaler.ts";
import { openPeer } from "./open_peer.ts";
import type { SuperresLists, SuperresMethod } from "./superres_lists.ts";

/** Options of {@linkcode openUpscalers}. */
export interface OpenUpscalersOptions extends SuperresLists {
  /** Name or file of the method superres's weights. */
  readonly weights: string;
  /** Largest side that goes through the network at once, in pixels of the result. */
  readonly tile: number;
  /** For peers, which run on TensorFlow.js. */
  readonly openBackend: () => Promise<Backend>;
  /** Where our networks run. */
  readonly device: DeviceChoice;
  /** Takes lines for the user. */
  readonly log: (line: string) => void;
  /** Names of the pictures without their endings. */
  readonly stems: readonly string[];
}

/** Opens all methods in the order of the table: the program's, other weights, peers, other programs' results. */
export async function openUpscalers(options: OpenUpscalersOptions): Promise<EvalUpscaler[]> {
  const opened: EvalUpscaler[] = [];
  for (const name of options.methods) opened.push(await openOwn(name, options));
  for (const { name, path } of options.networks) {
    opened.push(await openNetwork(name, { ...options, weights: path, blend: false }));
  }
  for (const peer of options.peers) opened.push(await openPeer(peer, options));
  for (const results of options.results) opened.push(await openResults(results, options));
  return opened;
}

async function openOwn(
  name: SuperresMethod,
  options: OpenUpscalersOptions,
): Promise<EvalUpscaler> {
  if (name === "superres" || name === "superres-blend") {
    return await openNetwork(name, { ...options, blend: name === "superres-blend" });
  }
  return {
    name,
    upscaler: kernelUpscaler(name),
    what: "a formula, without training",
    identity: "no settings",
    lacks: [],
    problems: [],
  };
}

async function openNetwork(
  name: string,
  { weights, tile, device, log, blend }: OpenUpscalersOptions & { readonly blend: boolean },
): Promise<EvalUpscaler> {
  const network = await readNetworkFile(weights);
  const { config, sha256 } = network;
  const engine = await openEngine({ device, network, log });
  const known = blend ? "the network's" : "the small picture's";
  return {
    name,
    upscaler: superres({ config, engine, tile, blend }),
    what: `weights ${weights}, sha256 ${sha256.slice(0, 12)}, ${known} colours at known pixels`,
    identity: `weights ${sha256}, tile ${tile}, blend ${blend}`,
    lacks: [],
    problems: [],
  };
}

async function openResults(
  { name, path }: NamedPath,
  { scales, stems }: OpenUpscalersOptions,
): Promise<EvalUpscaler> {
  const results = await openResultFolder(path);
  const expected = new Set(scales.flatMap((scale) => stems.map((stem) => `x${scale}/${stem}`)));
  const mine = results.stems.filter((stem) =>
    scales.some((scale) => stem.startsWith(`x${scale}/`))
  );
  return {
    name,
    results,
    what: `pictures of "${path}"`,
    identity: `pictures ${results.identity}`,
    lacks: scales.filter((scale) => !mine.some((stem) => stem.startsWith(`x${scale}/`))),
    problems: [
      ...results.problems,
      ...mine.filter((stem) => !expected.has(stem))
        .map((stem) => `Cannot use result "${stem}" of "${path}": it belongs to no image`),
    ],
  };
}
