/**
 * A network's numbers as named arrays, and back.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { listParameters, listStatistics } from "../model/list_parameters.ts";
import { makeParameter, makeStatistics, type UNetParameters } from "../model/parameters.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { expectedShapes } from "./network_file.ts";
import type { NamedArray } from "./safetensors.ts";
import { checkTensors } from "./weights_file.ts";

/** Reads one tensor from the device. */
export async function readTensor(tensor: tf.Tensor): Promise<NamedArray> {
  return { shape: tensor.shape, data: await tensor.data() as Float32Array };
}

/**
 * Reads all numbers of a network from the device: parameters by path, statistics as "<layer>/mean" and
 * "<layer>/variance". Kernels are HWIO.
 */
export async function exportNetwork(
  { trained, statistics }: UNetParameters,
): Promise<Map<string, NamedArray>> {
  const arrays = new Map<string, NamedArray>();
  for (const [path, { variable }] of trained) arrays.set(path, await readTensor(variable));
  for (const [path, { mean, variance }] of statistics) {
    arrays.set(`${path}/mean`, await readTensor(mean));
    arrays.set(`${path}/variance`, await readTensor(variance));
  }
  return arrays;
}

/**
 * Makes a network's variables from what {@linkcode exportNetwork} gave.
 *
 * @param name Of the file, for the message.
 * @throws {WeightsError} If a tensor is missing, surplus or of another shape; all of them are named.
 */
export function importNetwork(
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
  name: string,
): UNetParameters {
  checkTensors(arrays, expectedShapes(config), name);
  const numbers = (path: string) => new Float32Array(arrays.get(path)!.data);
  const [parameters, layers] = [listParameters(config), listStatistics(config)];
  return {
    trained: new Map(
      parameters.map((info) => [info.path, makeParameter(info, numbers(info.path))]),
    ),
    statistics: new Map(layers.map(({ path }) => [
      path,
      makeStatistics(numbers(`${path}/mean`), numbers(`${path}/variance`)),
    ])),
  };
}
