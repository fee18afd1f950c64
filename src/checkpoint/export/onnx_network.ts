/**
 * A network as an ONNX file that other programs run.
 * @module
 */
import { RANGE_SCALES } from "../../model/image_range.ts";
import { OUTPUT_HEAD_SLOPE } from "../../model/output_head.ts";
import {
  formatUNetConfig,
  HOLE_VALUES,
  IMAGE_CENTRE,
  sizeMultiple,
  type UNetConfig,
} from "../../model/unet_config.ts";
import { unetLayers } from "../../model/unet_layers.ts";
import type { NamedArray } from "../safetensors.ts";
import { OnnxGraph, type OnnxValue } from "./onnx_graph.ts";
import {
  addDoubling,
  addLayer,
  channelsOf,
  concat,
  convolution,
  type OnnxGroup,
  scalarOf,
} from "./onnx_layers.ts";
import { addPyramidFill } from "./onnx_pyramid.ts";
import { toOihw } from "./plain_arrays.ts";

/** A network to be written. */
export interface OnnxNetwork {
  /** The network's layers. */
  readonly config: UNetConfig;
  /** Parameters and statistics by path, as in weights files. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  /** Further facts for the file's metadata. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes a network, opset 13, for any height and width that are multiples of `sizeMultiple`.
 *
 * Inputs: "image" rgb01 `[n, 3, h, w]`, whose holes do not matter but must be finite; "mask" `[n, 1, h, w]`, exactly 1
 * = hole, 0 = known, as white is in mask files. Outputs: "composite" `[n, 3, h, w]`, the image with its holes filled,
 * in 0..1; "output", the network's picture everywhere, not clipped, as `runUNet` gives it.
 */
export function encodeOnnx({ config, arrays, metadata }: OnnxNetwork): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  const one = scalarOf(graph, 1);
  const valid = graph.add("Sub", [one, "mask"]);
  addNetwork(graph, { config, arrays, valid });
  const clipped = graph.add("Clip", ["output", scalarOf(graph, 0), one]);
  const kept = graph.add("Mul", ["image", valid]);
  graph.add("Add", [kept, graph.add("Mul", [clipped, "mask"])], {}, "composite");
  const size = (channels: number) => ["batch", channels, "height", "width"];
  const multiple = sizeMultiple(config);
  return graph.encode({
    name: "pconv",
    inputs: [
      { name: "image", shape: size(3), about: `0..1, RGB; sides are multiples of ${multiple}` },
      { name: "mask", shape: size(1), about: "1 = hole, 0 = known" },
    ],
    outputs: [
      { name: "composite", shape: size(3), about: "0..1, RGB: the image with its holes filled" },
      { name: "output", shape: size(3), about: "the network's picture everywhere, not clipped" },
    ],
    about: "Fills holes in photographs with partial convolutions (Liu et al. 2018)",
    metadata: { network: formatUNetConfig(config), size_multiple: String(multiple), ...metadata },
  });
}

interface NetworkParts {
  readonly config: UNetConfig;
  readonly arrays: ReadonlyMap<string, NamedArray>;
  readonly valid: OnnxValue;
}

/** Adds what `runUNet` computes, up to the value "output". */
function addNetwork(graph: OnnxGraph, { config, arrays, valid }: NetworkParts): void {
  const { encoder, decoder, heads } = unetLayers(config);
  const isTypical = config.convolution === "typical";
  const hasBase = config.base !== "none";
  const image = enter(graph, config, valid);
  const fills = hasBase ? addPyramidFill(graph, { image: "image", mask: valid }) : [];
  const joins: OnnxGroup[] = [];
  const ones: OnnxValue[] = [];
  let share = valid;
  for (let level = 0; hasBase && level < encoder.length; level++) {
    if (level > 0) share = halve(graph, share);
    const centred = graph.add("Sub", [fills[level]!, scalarOf(graph, IMAGE_CENTRE)]);
    joins.push({ features: concat(graph, [centred, share]), mask: undefined, channels: 4 });
    ones.push(
      graph.add("Add", [graph.add("Mul", [share, scalarOf(graph, 0)]), scalarOf(graph, 1)]),
    );
  }
  const options = { arrays, isTypical };
  const skips: OnnxGroup[] = [{ features: image, mask: valid, channels: 3 }];
  encoder.forEach((layer, index) => {
    const groups = [skips.at(-1)!, ...index === 0 ? joins.slice(0, 1) : []];
    skips.push(addLayer(graph, groups, layer, { ...options, stride: 2, ones: ones[0] }));
  });
  let current = skips.pop()!;
  let correction: OnnxValue | undefined;
  decoder.forEach((layer, index) => {
    const skip = skips.pop()!;
    const level = skips.length;
    const { features, mask, channels } = current;
    const doubled: OnnxGroup = {
      features: addDoubling(graph, features, "nearest"),
      mask: mask === undefined ? undefined : addDoubling(graph, mask, "nearest"),
      channels,
    };
    const groups = [doubled, skip, ...joins.slice(level, level + 1)];
    current = addLayer(graph, groups, layer, { ...options, stride: 1, ones: ones[level] });
    if (!hasBase) return;
    const head = heads[index];
    const own = head === undefined
      ? current.features
      : addLayer(graph, [current], head, { ...options, stride: 1, ones: undefined }).features;
    correction = correction === undefined
      ? own
      : graph.add("Add", [own, addDoubling(graph, correction, "linear")]);
  });
  if (hasBase) graph.add("Add", [fills[0]!, correction!], {}, "output");
  else leave(graph, current.features, { config, arrays });
}

/** From rgb01 to what the first layer sees. */
function enter(graph: OnnxGraph, config: UNetConfig, valid: OnnxValue): OnnxValue {
  if (config.base !== "none") return graph.add("Sub", ["image", scalarOf(graph, IMAGE_CENTRE)]);
  if (config.convolution === "typical") {
    const colour = channelsOf(graph, "hole value", HOLE_VALUES[config.holeValue ?? "grey"]);
    const filling = graph.add("Mul", ["mask", colour]);
    return graph.add("Add", [graph.add("Mul", ["image", valid]), filling]);
  }
  if (config.range === "[0,1]") return "image";
  const { mean, deviation } = RANGE_SCALES[config.range];
  const centred = graph.add("Sub", ["image", channelsOf(graph, "range mean", mean)]);
  return graph.add("Div", [centred, channelsOf(graph, "range deviation", deviation)]);
}

/** From the last layer's output to rgb01. */
function leave(
  graph: OnnxGraph,
  features: OnnxValue,
  { config, arrays }: Omit<NetworkParts, "valid">,
): void {
  let value = features;
  if (config.outputHead !== undefined) {
    const shift = channelsOf(graph, "output/shift", arrays.get("output/shift")!.data);
    const shifted = graph.add("Add", [value, shift]);
    const seen = graph.add("LeakyRelu", [shifted], { alpha: { float: OUTPUT_HEAD_SLOPE } });
    const kernel = graph.floats("output/kernel", toOihw(arrays.get("output/kernel")!));
    const bias = graph.floats("output/bias", arrays.get("output/bias")!);
    value = graph.add("Sigmoid", [graph.add("Conv", [seen, kernel, bias], convolution(1, 1))]);
  }
  const { mean, deviation } = RANGE_SCALES[config.range];
  const scaled = graph.add("Mul", [value, channelsOf(graph, "range deviation", deviation)]);
  graph.add("Add", [scaled, channelsOf(graph, "range mean", mean)], {}, "output");
}

/** Means of 2x2 pixels. */
function halve(graph: OnnxGraph, input: OnnxValue): OnnxValue {
  return graph.add("AveragePool", [input], {
    kernel_shape: { ints: [2, 2] },
    strides: { ints: [2, 2] },
  });
}
