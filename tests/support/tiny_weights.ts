/**
 * Weights of the smallest network, from a seed.
 * @module
 */
import { join } from "node:path";
import { openCpu } from "../../src/backend/open_cpu.ts";
import { encodeWeights } from "../../src/checkpoint/weights.ts";
import {
  disposeParameters,
  initializeParameters,
  type UNetParameters,
} from "../../src/model/parameters.ts";
import * as tf from "@tensorflow/tfjs";
import { PRESETS, type UNetConfig } from "../../src/model/unet_config.ts";
import { unetLayers } from "../../src/model/unet_layers.ts";
import { createRandom } from "../../src/random.ts";

/** The network of the file: three levels over the pyramid fill. */
export const TINY_CONFIG: UNetConfig = { ...PRESETS.tiny, base: "pyramid" };

/** Makes the numbers; kernels that give colours start a training as 0 and are small here, so that they count. */
export function makeTinyParameters(config: UNetConfig = TINY_CONFIG): UNetParameters {
  const parameters = initializeParameters(config, createRandom(20180420));
  const { decoder, heads } = unetLayers(config);
  const random = createRandom(4);
  for (const { path } of [decoder.at(-1)!, ...heads]) {
    const { info: { shape }, variable } = parameters.trained.get(`${path}/kernel`)!;
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, () => 0.01 * random.normal());
    tf.tidy(() => variable.assign(tf.tensor(values, [...shape])));
  }
  return parameters;
}

let encoded: Promise<Uint8Array> | undefined;

async function encode(): Promise<Uint8Array> {
  await openCpu();
  const parameters = makeTinyParameters();
  try {
    return await encodeWeights(TINY_CONFIG, parameters, {
      recipe: "none",
      steps: 0,
      data: "none",
      licence: "MIT",
      commit: "unknown",
    });
  } finally {
    disposeParameters(parameters);
  }
}

/** Bytes of a weights file that the program accepts; made once per process. */
export function tinyWeights(): Promise<Uint8Array> {
  return encoded ??= encode();
}

/** Writes them as "tiny.safetensors" into a folder and returns the path. */
export async function writeTinyWeights(folder: string): Promise<string> {
  const path = join(folder, "tiny.safetensors");
  await Deno.writeFile(path, await tinyWeights());
  return path;
}
