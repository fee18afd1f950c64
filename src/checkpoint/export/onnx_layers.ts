/**
 * The network's layers as nodes of an ONNX graph.
 * @module
 */
import type { LayerSpec } from "../../model/unet_layers.ts";
import { BATCH_NORM_EPSILON } from "../../ops/batch_norm_epsilon.ts";
import type { NamedArray } from "../safetensors.ts";
import type { OnnxGraph, OnnxValue } from "./onnx_graph.ts";
import { toOihw } from "./plain_arrays.ts";

/** Features with the mask of what is known of them. */
export interface OnnxGroup {
  /** `[n, c, h, w]`. */
  readonly features: OnnxValue;
  /** `[n, 1, h, w]`, 1 = known; undefined: all of it. */
  readonly mask: OnnxValue | undefined;
  readonly channels: number;
}

/** Options of {@linkcode addLayer}. */
export interface AddLayerOptions {
  readonly stride: 1 | 2;
  /** Parameters and statistics by path, as in weights files. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  /** `[n, 1, h, w]` of ones, of the groups' size: what is counted of groups in which nothing is missing. */
  readonly ones: OnnxValue | undefined;
  /** True leaves out masks, ratio and all: a typical convolution. */
  readonly isTypical: boolean;
}

/** A vector as `[1, c, 1, 1]`. */
export function channelsOf(graph: OnnxGraph, name: string, data: ArrayLike<number>): OnnxValue {
  return graph.floats(name, { shape: [1, data.length, 1, 1], data: Float32Array.from(data) });
}

/** One number. */
export function scalarOf(graph: OnnxGraph, value: number): OnnxValue {
  return graph.floats(`number ${value}`, { shape: [], data: Float32Array.of(value) });
}

/** Doubles height and width. */
export function addDoubling(
  graph: OnnxGraph,
  input: OnnxValue,
  mode: "nearest" | "linear",
): OnnxValue {
  const scales = graph.floats("twice", { shape: [4], data: Float32Array.of(1, 1, 2, 2) });
  return graph.add("Resize", [input, "", scales], {
    mode: { text: mode },
    coordinate_transformation_mode: { text: mode === "nearest" ? "asymmetric" : "half_pixel" },
    ...(mode === "nearest" ? { nearest_mode: { text: "floor" } } : {}),
  });
}

/** Attributes of a convolution with `(k - 1) / 2` zeros on every side. */
export function convolution(kernel: number, stride: number) {
  return {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: new Array<number>(4).fill((kernel - 1) / 2) },
  };
}

/**
 * Adds one layer: partial convolution, batch norm, activation.
 *
 * Source: Liu et al. 2018, equations 1 and 2, window sums by group as in src/ops/partial_conv.ts.
 */
export function addLayer(
  graph: OnnxGraph,
  groups: readonly OnnxGroup[],
  layer: LayerSpec,
  { stride, arrays, ones, isTypical }: AddLayerOptions,
): OnnxGroup {
  const { path, kernel, cin, cout, hasBatchNorm, activation } = layer;
  const numbers = (name: string) => arrays.get(`${path}/${name}`)?.data;
  const weights = graph.floats(`${path}/kernel`, toOihw(arrays.get(`${path}/kernel`)!));
  const bias = numbers("bias");
  const parts = groups.map(({ features, mask }) =>
    mask === undefined || isTypical ? features : graph.add("Mul", [features, mask])
  );
  const joined = parts.length === 1 ? parts[0]! : concat(graph, parts);
  let features = graph.add("Conv", [joined, weights], convolution(kernel, stride));
  let mask: OnnxValue | undefined;
  if (!isTypical) {
    const counted = count(graph, groups, { kernel, stride, ones: ones! });
    mask = graph.add("Min", [counted, scalarOf(graph, 1)]);
    const atLeastOne = graph.add("Max", [counted, scalarOf(graph, 1)]);
    const whole = graph.add("Mul", [mask, scalarOf(graph, kernel * kernel * cin)]);
    features = graph.add("Mul", [features, graph.add("Div", [whole, atLeastOne])]);
  }
  if (bias !== undefined) {
    const shift = channelsOf(graph, `${path}/bias`, bias);
    const placed = mask === undefined ? shift : graph.add("Mul", [shift, mask]);
    features = graph.add("Add", [features, placed]);
  }
  if (hasBatchNorm) {
    const vectors = ["gamma", "beta", "mean", "variance"].map((name) =>
      graph.floats(`${path}/batch_norm/${name}`, arrays.get(`${path}/batch_norm/${name}`)!)
    );
    features = graph.add("BatchNormalization", [features, ...vectors], {
      epsilon: { float: BATCH_NORM_EPSILON },
    });
  }
  if (activation === "relu") features = graph.add("Relu", [features]);
  if (activation === "leaky_relu") {
    features = graph.add("LeakyRelu", [features], { alpha: { float: 0.2 } });
  }
  return { features, mask, channels: cout };
}

/** Known values in each window, channel by channel, from one mask for each group. */
function count(
  graph: OnnxGraph,
  groups: readonly OnnxGroup[],
  { kernel, stride, ones }: { kernel: number; stride: number; ones: OnnxValue },
): OnnxValue {
  const masks = groups.map(({ mask }) => mask ?? ones);
  const channels = groups.map((group) => group.channels);
  const area = kernel * kernel;
  const box = graph.floats(`count ${kernel}x${kernel} of ${channels.join("+")}`, {
    shape: [1, groups.length, kernel, kernel],
    data: Float32Array.from(
      { length: groups.length * area },
      (_, i) => channels[Math.floor(i / area)]!,
    ),
  });
  const joined = masks.length === 1 ? masks[0]! : concat(graph, masks);
  return graph.add("Conv", [joined, box], convolution(kernel, stride));
}

/** Joins channels. */
export function concat(graph: OnnxGraph, parts: readonly OnnxValue[]): OnnxValue {
  return graph.add("Concat", parts, { axis: { int: 1 } });
}
