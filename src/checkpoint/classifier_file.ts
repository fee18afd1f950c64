/**
 * Classifiers from the files that people have.
 * @module
 */
import { basename, join } from "node:path";
import { WeightsError } from "../errors.ts";
import { type Classifier, type ClassifierNetwork, createClassifier } from "../model/classifier.ts";
import type { InputRange } from "../model/pixel_scale.ts";
import { loadTfjsNetwork } from "../model/tfjs_network.ts";
import { createChain, disposeChain, runChain } from "../model/torchvision_chain.ts";
import { reasonOf } from "../system_reason.ts";
import { findChain, isChainName } from "./import/chain_arrays.ts";
import { readNamedArrays } from "./import/named_arrays.ts";
import { isJsonStart, readTfjsModel, tfjsModelName } from "./tfjs_model_file.ts";

/** Options of {@linkcode openClassifier}. */
export interface OpenClassifierOptions {
  /**
   * The colours that the network was trained on, where the user knows better.
   * @default "minus-one-one" for models of tfjs, "imagenet" for torchvision's
   */
  readonly range?: InputRange;
}

/**
 * Puts a classifier on the active backend: a model of tfjs (layers or graph), or torchvision's AlexNet or VGG-16 as
 * a PyTorch checkpoint or safetensors, recognised by content.
 *
 * @param path The file; of a model of tfjs its model.json, or the folder that holds it.
 * @returns A classifier that the caller disposes.
 * @throws {WeightsError} If a file cannot be read, holds something else, or the network does not run.
 */
export async function openClassifier(
  path: string,
  { range }: OpenClassifierOptions = {},
): Promise<Classifier> {
  const file = await findFile(path);
  const network = await isJson(file)
    ? await openTfjs(file, range ?? "minus-one-one")
    : await openTorchvision(file, range ?? "imagenet");
  return await createClassifier(network);
}

async function openTfjs(path: string, range: InputRange): Promise<ClassifierNetwork> {
  const { format, artifacts } = await readTfjsModel(path);
  return await loadTfjsNetwork(artifacts, { name: tfjsModelName(path), format, range });
}

async function openTorchvision(path: string, range: InputRange): Promise<ClassifierNetwork> {
  const hasLinears = true;
  const arrays = await readNamedArrays(path, { select: (key) => isChainName(key, { hasLinears }) });
  const chain = createChain(findChain(arrays, { name: path, use: "a classifier", hasLinears }));
  const { name, inputSize } = chain.layout;
  return {
    name: `${basename(path)} (${name})`,
    inputSize: { width: inputSize, height: inputSize },
    range,
    run: (x) => runChain(chain, x),
    dispose: () => disposeChain(chain),
  };
}

/** A folder stands for the model.json in it. */
async function findFile(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).isDirectory ? join(path, "model.json") : path;
  } catch (cause) {
    throw new WeightsError(`Cannot read classifier "${path}": ${reasonOf(cause)}`, { cause });
  }
}

async function isJson(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(path);
    const start = new Uint8Array(8);
    const count = await file.read(start);
    return isJsonStart(start.subarray(0, count ?? 0));
  } catch (cause) {
    throw new WeightsError(`Cannot read classifier "${path}": ${reasonOf(cause)}`, { cause });
  }
}
