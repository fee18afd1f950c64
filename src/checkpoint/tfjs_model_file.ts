/**
 * Models in tfjs's own formats on disk: model.json and its shards of numbers.
 *
 * tfjs's own loader fetches over HTTP and believes the file; this one reads from the folder of model.json alone.
 * @module
 */
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import type { io } from "@tensorflow/tfjs";
import { WeightsError } from "../errors.ts";
import type { TfjsFormat } from "../model/tfjs_network.ts";
import { reasonOf } from "../system_reason.ts";

/** A model that was read. */
export interface TfjsModelFile {
  readonly format: TfjsFormat;
  /** What tfjs loads; what only training needs is left out. */
  readonly artifacts: io.ModelArtifacts;
}

/** Bytes of one number by its type; types of other lengths are refused. */
const ITEM_BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  float16: 2,
  uint8: 1,
  uint16: 2,
};

/** No model.json is larger; the numbers are elsewhere. */
const MOST_JSON_BYTES = 1 << 28;

/** Ends the reading of a model with what is wrong with it. */
type Refuse = (problem: string, cause?: unknown) => never;

/** One entry of "weightsManifest" that was checked. */
interface Group {
  readonly paths: readonly string[];
  readonly weights: readonly io.WeightsManifestEntry[];
}

/** True if a file begins as JSON does; safetensors, whose first byte can be the same, has zeros soon. */
export function isJsonStart(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  return /^(?:\xef\xbb\xbf)?\s*\{/.test(start) && !start.includes("\0");
}

/**
 * Reads a layers model or a graph model.
 *
 * @param path The model.json, by any name.
 * @throws {WeightsError} If a file is missing, cut off or too long, a path of a shard leads out of the folder of
 * model.json (symbolic links in it are the user's own, and followed), or the JSON is something else.
 *
 * Source: tfjs-core/src/io/types.ts, `ModelJSON` and `WeightsManifestEntry`.
 */
export async function readTfjsModel(path: string): Promise<TfjsModelFile> {
  const refuse: Refuse = (problem, cause) => {
    throw new WeightsError(`Cannot read model "${path}": ${problem}`, { cause });
  };
  const model = await readJson(path, refuse);
  const { modelTopology, weightsManifest, format: told } = model;
  if (!isRecord(modelTopology) || !Array.isArray(weightsManifest)) {
    return refuse('it has no "modelTopology" and "weightsManifest", must be a model.json of tfjs');
  }
  // Old converters leave the format out.
  const format = told ?? ("node" in modelTopology ? "graph-model" : "layers-model");
  if (format !== "layers-model" && format !== "graph-model") {
    return refuse(
      `format is ${JSON.stringify(format)}, must be "layers-model" or "graph-model"`,
    );
  }
  const weightSpecs: io.WeightsManifestEntry[] = [];
  const weightData: Uint8Array[] = [];
  for (const value of weightsManifest) {
    const { paths, weights } = checkGroup(value, refuse);
    const wanted = weights.reduce((sum, entry) => sum + bytesOf(entry, refuse), 0);
    const shards: Uint8Array[] = [];
    for (const shard of paths) shards.push(await readShard(path, shard, refuse));
    const found = shards.reduce((sum, { length }) => sum + length, 0);
    if (found !== wanted) {
      const names = paths.map((name) => `"${name}"`).join(", ");
      refuse(`shard ${names} has ${found} bytes, must have ${wanted}`);
    }
    weightSpecs.push(...weights);
    weightData.push(...shards);
  }
  const { signature, userDefinedMetadata, modelInitializer, initializerSignature } = model;
  const rest = { signature, userDefinedMetadata, modelInitializer, initializerSignature };
  const present = Object.entries(rest).filter(([, value]) => isRecord(value));
  return {
    format,
    artifacts: {
      modelTopology,
      format,
      weightSpecs,
      weightData: joined(weightData),
      ...Object.fromEntries(present) as Partial<io.ModelArtifacts>,
    },
  };
}

async function readJson(path: string, refuse: Refuse): Promise<Record<string, unknown>> {
  let text = "";
  try {
    const { size } = await Deno.stat(path);
    if (size > MOST_JSON_BYTES) {
      refuse(`file has ${size} bytes, must have at most ${MOST_JSON_BYTES}`);
    }
    text = await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof WeightsError) throw cause;
    refuse(reasonOf(cause), cause);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    refuse("it is not JSON", cause);
  }
  return refuse("it is not a JSON object");
}

function checkGroup(value: unknown, refuse: Refuse): Group {
  const { paths, weights } = isRecord(value) ? value : {};
  const areTexts = Array.isArray(paths) && paths.every((name) => typeof name === "string");
  if (!areTexts || !Array.isArray(weights) || !weights.every(isRecord)) {
    return refuse('an entry of "weightsManifest" has no lists "paths" and "weights"');
  }
  return { paths, weights: weights as unknown as io.WeightsManifestEntry[] };
}

/** Bytes that a weight takes in its shards. */
function bytesOf({ name, shape, dtype, quantization }: io.WeightsManifestEntry, refuse: Refuse) {
  const stored = quantization?.dtype ?? dtype;
  const itemBytes = Object.hasOwn(ITEM_BYTES, stored) ? ITEM_BYTES[stored] : undefined;
  if (typeof name !== "string" || itemBytes === undefined) {
    return refuse(
      `weight ${JSON.stringify(name)} is of type ${JSON.stringify(stored)}, ` +
        `must be one of ${Object.keys(ITEM_BYTES).join(", ")}`,
    );
  }
  if (!Array.isArray(shape) || !shape.every((side) => Number.isSafeInteger(side) && side >= 0)) {
    return refuse(`weight "${name}" has shape ${JSON.stringify(shape)}, must be a list of sizes`);
  }
  return shape.reduce((product, side) => product * side, itemBytes);
}

async function readShard(path: string, shard: string, refuse: Refuse): Promise<Uint8Array> {
  // Backslashes separate on Windows alone, but a model must not be safe on one system only.
  const inside = normalize(shard.replaceAll("\\", "/"));
  if (isAbsolute(inside) || /^[a-z]+:/i.test(inside) || inside.split("/")[0] === "..") {
    refuse(`path of shard ${JSON.stringify(shard)} leads out of the folder of the model`);
  }
  try {
    return await Deno.readFile(join(dirname(path), inside));
  } catch (cause) {
    return refuse(`shard ${JSON.stringify(shard)} cannot be read: ${reasonOf(cause)}`, cause);
  }
}

/** One buffer: given a list whose last buffer is longer than the others, tfjs 4.22 reads zeros. */
function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

/** A model as tables call it: "mobilenet/model.json". */
export function tfjsModelName(path: string): string {
  const folder = basename(dirname(path));
  return folder === "" || folder === "." ? basename(path) : `${folder}/${basename(path)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
