/**
 * The names and shapes of a network's numbers, without any of them.
 * @module
 */
import type { ParameterInfo } from "../task/types.ts";
import { OUTPUT_HEAD } from "./output_head.ts";
import type { UNetConfig } from "./unet_config.ts";
import { unetLayers } from "./unet_layers.ts";

/**
 * Lists the parameters of a network without making any tensor, in layer order. A layer has a bias or a batch
 * norm, whose shift does a bias's work. The output head comes last, if there is one.
 */
export function listParameters(config: UNetConfig): ParameterInfo[] {
  const { encoder, decoder, heads } = unetLayers(config);
  const layers = [...encoder, ...decoder, ...heads].flatMap((layer) => {
    const { path, kernel, cin, cout, hasBatchNorm, hasBias = true } = layer;
    const weights: ParameterInfo = {
      path: `${path}/kernel`,
      role: "kernel",
      shape: [kernel, kernel, cin, cout],
    };
    const vector = (name: string, role: ParameterInfo["role"]): ParameterInfo => ({
      path: `${path}/${name}`,
      role,
      shape: [cout],
    });
    if (hasBatchNorm) {
      return [weights, vector("batch_norm/gamma", "gamma"), vector("batch_norm/beta", "beta")];
    }
    return hasBias ? [weights, vector("bias", "bias")] : [weights];
  });
  return config.outputHead === undefined ? layers : [...layers, ...OUTPUT_HEAD];
}

/** Trained numbers of a network. */
export function countParameters(config: UNetConfig): number {
  return listParameters(config).reduce((sum, { shape }) => sum + sizeOfShape(shape), 0);
}

/** Lists the batch norm layers of a network with their channels, in layer order. */
export function listStatistics(config: UNetConfig): { path: string; channels: number }[] {
  const { encoder, decoder } = unetLayers(config);
  return [...encoder, ...decoder].filter(({ hasBatchNorm }) => hasBatchNorm)
    .map(({ path, cout }) => ({ path: `${path}/batch_norm`, channels: cout }));
}

/** Numbers of a tensor. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
