/**
 * The trained numbers of a network: ordered variables under stable path names.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.ts";
import type { ParameterInfo } from "../task/types.ts";
import { listParameters, listStatistics, sizeOfShape } from "./list_parameters.ts";
import { type LayerSpec, unetLayers } from "./unet_layers.ts";
import type { UNetConfig } from "./unet_config.ts";

/** One trained tensor. */
export interface Parameter {
  /** Path, role and shape. */
  readonly info: ParameterInfo;
  /** The numbers on the active backend. */
  readonly variable: tf.Variable;
}

/** Running statistics of one batch norm layer, each `[c]`. */
export interface RunningStatistics {
  /** By channel. */
  readonly mean: tf.Variable<tf.Rank.R1>;
  /** By channel; of n - 1, as in PyTorch. */
  readonly variance: tf.Variable<tf.Rank.R1>;
}

/** All numbers of a network. Paths are stable API: they are the names in weights files. */
export interface UNetParameters {
  /** By path: "encoder/2/kernel", "encoder/2/batch_norm/gamma", ... in layer order. */
  readonly trained: ReadonlyMap<string, Parameter>;
  /** By layer path: "encoder/2/batch_norm". */
  readonly statistics: ReadonlyMap<string, RunningStatistics>;
}

/**
 * Makes a network's numbers for the start of a training: kernels by He et al. 2015 (normal,
 * `std = sqrt(2 / (kh·kw·cin))`), biases and shifts 0, scales 1, statistics mean 0 and variance 1. Over a base
 * the last kernel and those of the heads are 0, so that training starts at the base.
 *
 * @returns Variables that the caller disposes with {@linkcode disposeParameters}.
 */
export function initializeParameters(config: UNetConfig, random: Random): UNetParameters {
  const { decoder, heads } = unetLayers(config);
  const outputs = new Set([decoder.at(-1)!, ...heads].map(({ path }) => `${path}/kernel`));
  const trained = new Map<string, Parameter>();
  for (const info of listParameters(config)) {
    const isZero = config.base !== "none" && outputs.has(info.path);
    trained.set(info.path, makeParameter(info, initialValues(info, isZero, random)));
  }
  const statistics = new Map<string, RunningStatistics>();
  for (const { path, channels } of listStatistics(config)) {
    statistics.set(path, makeStatistics(new Float32Array(channels), ones(channels)));
  }
  return { trained, statistics };
}

/** Makes one trained variable from its numbers, in the order of its shape. */
export function makeParameter(info: ParameterInfo, values: Float32Array): Parameter {
  return { info, variable: makeVariable(values, info.shape) };
}

/** Makes the running statistics of one layer from their numbers. */
export function makeStatistics(mean: Float32Array, variance: Float32Array): RunningStatistics {
  return {
    mean: makeVariable(mean, [mean.length]) as tf.Variable<tf.Rank.R1>,
    variance: makeVariable(variance, [variance.length]) as tf.Variable<tf.Rank.R1>,
  };
}

/** Frees all variables of a network. */
export function disposeParameters({ trained, statistics }: UNetParameters): void {
  for (const { variable } of trained.values()) variable.dispose();
  for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance]);
}

function makeVariable(values: Float32Array, shape: readonly number[]): tf.Variable {
  const initial = tf.tensor(values, [...shape], "float32");
  const variable = tf.variable(initial);
  initial.dispose();
  return variable;
}

function initialValues({ role, shape }: ParameterInfo, isZero: boolean, random: Random) {
  const size = sizeOfShape(shape);
  const values = new Float32Array(size);
  if (role === "gamma") values.fill(1);
  if (role !== "kernel" || isZero) return values;
  const [kernelHeight, kernelWidth, cin] = shape as [number, number, number, number];
  const deviation = Math.sqrt(2 / (kernelHeight * kernelWidth * cin));
  for (let i = 0; i < size; i++) values[i] = deviation * random.normal();
  return values;
}

function ones(length: number): Float32Array {
  return new Float32Array(length).fill(1);
}

/** The variables of one layer, as the network's code wants them. */
export interface LayerVariables {
  readonly kernel: tf.Tensor4D;
  readonly bias: tf.Tensor1D | undefined;
  readonly gamma: tf.Tensor1D | undefined;
  readonly beta: tf.Tensor1D | undefined;
}

/** Looks up the variables of one layer. */
export function layerVariables({ trained }: UNetParameters, { path }: LayerSpec): LayerVariables {
  const find = (name: string) => trained.get(`${path}/${name}`)?.variable;
  return {
    kernel: find("kernel") as unknown as tf.Tensor4D,
    bias: find("bias") as tf.Tensor1D | undefined,
    gamma: find("batch_norm/gamma") as tf.Tensor1D | undefined,
    beta: find("batch_norm/beta") as tf.Tensor1D | undefined,
  };
}
