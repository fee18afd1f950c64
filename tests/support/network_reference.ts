/**
 * What engines must give: the network as composed operations.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { importNetwork } from "../../src/checkpoint/network_tensors.ts";
import type { NamedArray } from "../../src/checkpoint/safetensors.ts";
import type { ForwardRequest } from "../../src/engine/types.ts";
import { disposeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import type { UNetConfig } from "../../src/model/unet_config.ts";
import { evaluate, toTensor } from "./evaluate.ts";
import type { Values } from "./assert_all_close.ts";

/** Runs `runUNet` on the active backend; `wanted` does not matter. @returns `[height, width, 3]`. */
export async function runByOps(
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
  { height, width, rgb01, validMask, fills }: ForwardRequest,
): Promise<Values> {
  const parameters = importNetwork(config, arrays, "the test");
  const image = (data: ArrayLike<number>, level: number, channels: number): tf.Tensor4D =>
    toTensor({ shape: [1, height >> level, width >> level, channels], data });
  const { output } = await evaluate(() => ({
    output: runUNet(config, parameters, {
      features: image(rgb01, 0, 3),
      validMask: image(validMask, 0, 1),
    }, fills === undefined ? {} : { fills: fills.map((fill, level) => image(fill, level, 3)) })
      .output,
  }));
  disposeParameters(parameters);
  return { shape: [height, width, 3], data: output.data };
}

/** Largest difference of two outputs where `wanted` is 1, and largest value there. */
export function compareOutputs(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  wanted?: ArrayLike<number>,
): { difference: number; largest: number } {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    if (wanted !== undefined && wanted[Math.floor(i / 3)] === 0) continue;
    const error = Math.abs(actual[i]! - expected[i]!);
    difference = Math.max(difference, Number.isNaN(error) ? Infinity : error);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return { difference, largest };
}
