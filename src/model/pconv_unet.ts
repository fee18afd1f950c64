/**
 * The U-Net of partial convolutions, and of typical ones.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate } from "../ops/activation.ts";
import { type BatchNormStatistics, batchNormStored, batchNormTraining } from "../ops/batch_norm.ts";
import { composite } from "../ops/composite.ts";
import { groupConv2d } from "../ops/group_conv.ts";
import { type MaskedFeatures, partialConv2d, type PartialConvGroup } from "../ops/partial_conv.ts";
import { pyramidFill } from "../ops/pyramid_fill.ts";
import { formatShape } from "../ops/shape.ts";
import { upsampleBilinear } from "../ops/upsample_bilinear.ts";
import { RANGE_SCALES } from "./image_range.ts";
import { layerVariables, type UNetParameters } from "./parameters.ts";
import { HOLE_VALUES, IMAGE_CENTRE, sizeMultiple, type UNetConfig } from "./unet_config.ts";
import { type LayerSpec, unetLayers } from "./unet_layers.ts";

/** Options of {@linkcode runUNet}. */
export interface RunUNetOptions {
  /** Layers that normalise with the batch's statistics; default: none, as in inference. */
  readonly usesBatchStatistics?: (layerPath: string) => boolean;
  /**
   * Fill of the input by level, finest first, one for each encoder level: for tiles of a larger image, whose
   * fill was made as a whole.
   * @default `pyramidFill` of the input
   */
  readonly fills?: readonly tf.Tensor4D[];
}

/** What {@linkcode runUNet} returns. */
export interface UNetOutput {
  /** rgb01 `[n, h, w, 3]` at every pixel, not clipped; owned by the caller's scope. */
  readonly output: tf.Tensor4D;
  /** Statistics of the batch, by layer path, for those layers that used them; the caller disposes of them. */
  readonly batchStatistics: ReadonlyMap<string, BatchNormStatistics>;
}

/**
 * Runs the network: encoder levels of stride 2, then decoder stages that double, join the encoder's features
 * *and mask* of that size, and convolve; the last one joins the input image and its mask.
 *
 * Over the pyramid fill, the first layer and every decoder stage also join the fill of their size, which has no
 * hole; every stage but the last has a head, whose correction is doubled and added to the next one's; the sum is
 * added to the fill. Without a base, where no level closes a hole the last layer gives 0.
 *
 * Images enter and leave the config's range here; the output head, where there is one, follows the last layer.
 *
 * With typical convolutions the holes take the hole value first, and then nothing is missing anywhere: no mask is
 * joined, scaled by or grown.
 *
 * @param masked `features` rgb01 `[n, h, w, 3]`, height and width multiples of {@linkcode sizeMultiple};
 * `validMask` `[n, h, w, 1]`, exactly 1 = known, 0 = hole.
 * @throws {RangeError} If the size does not fit, or convolutions are typical over a base.
 *
 * Source: Liu et al. 2018, section 3.2 and Table 2.
 */
export function runUNet(
  config: UNetConfig,
  parameters: UNetParameters,
  masked: MaskedFeatures,
  options: RunUNetOptions = {},
): UNetOutput {
  const [, height, width] = masked.features.shape;
  const multiple = sizeMultiple(config);
  if (height % multiple !== 0 || width % multiple !== 0) {
    throw new RangeError(
      `Cannot run the network: image is ${formatShape(masked.features.shape)}, ` +
        `height and width must be multiples of ${multiple}`,
    );
  }
  const isTypical = config.convolution === "typical";
  if (isTypical && config.base !== "none") {
    throw new RangeError(
      `Cannot run the network: base is "${config.base}", must be "none" for typical convolutions`,
    );
  }
  const layers = unetLayers(config);
  const batchStatistics = new Map<string, BatchNormStatistics>();
  const { usesBatchStatistics = () => false } = options;
  const run = (groups: readonly PartialConvGroup[], layer: LayerSpec, stride: 1 | 2) =>
    runLayer(groups, layer, {
      parameters,
      stride,
      isTypical,
      usesBatchStatistics,
      batchStatistics,
    });
  const output = tf.tidy(() => {
    const depth = config.encoder.length;
    const fills = config.base === "none"
      ? []
      : (options.fills ?? pyramidFill(masked)).slice(0, depth);
    const joins = joinedFills(fills, masked.validMask);
    const centred = config.base === "none"
      ? enterRange(masked.features, config)
      : tf.sub(masked.features, IMAGE_CENTRE) as tf.Tensor4D;
    const image = isTypical
      ? knownEverywhere(fillHoles(masked, HOLE_VALUES[config.holeValue ?? "grey"]))
      : { ...masked, features: centred };
    const skips: MaskedFeatures[] = [image];
    layers.encoder.forEach((layer, index) => {
      const groups = index === 0 ? [image, ...joins.slice(0, 1)] : [skips.at(-1)!];
      skips.push(run(groups, layer, 2));
    });
    let current = skips.pop()!;
    let correction: tf.Tensor4D | undefined;
    layers.decoder.forEach((layer, index) => {
      const skip = skips.pop()!;
      const fill = joins[skips.length];
      const groups: PartialConvGroup[] = [{ ...current, upsample: 2 }, skip];
      current = run(fill === undefined ? groups : [...groups, fill], layer, 1);
      if (config.base === "none") return;
      const coarser = correction === undefined ? undefined : upsampleBilinear(correction);
      const head = layers.heads[index];
      const own = head === undefined ? current.features : run([current], head, 1).features;
      correction = coarser === undefined ? own : tf.add(own, coarser);
    });
    if (config.base === "none") {
      const { features } = current;
      return leaveRange(config.outputHead ? runHead(features, parameters) : features, config);
    }
    return tf.add(fills[0]!, correction!) as tf.Tensor4D;
  });
  return { output, batchStatistics };
}

/** rgb01 to what the network computes in. */
function enterRange(image: tf.Tensor4D, { range }: UNetConfig): tf.Tensor4D {
  if (range === "[0,1]") return image;
  const { mean, deviation } = RANGE_SCALES[range];
  return tf.div(tf.sub(image, tf.tensor1d([...mean])), tf.tensor1d([...deviation]));
}

/** What the network computes in to rgb01. */
function leaveRange(image: tf.Tensor4D, { range }: UNetConfig): tf.Tensor4D {
  if (range === "[0,1]") return image;
  const { mean, deviation } = RANGE_SCALES[range];
  return tf.add(tf.mul(image, tf.tensor1d([...deviation])), tf.tensor1d([...mean]));
}

/** The output head "sigmoid". */
function runHead(features: tf.Tensor4D, { trained }: UNetParameters): tf.Tensor4D {
  const find = (name: string) => trained.get(`output/${name}`)!.variable;
  const shifted = tf.add(features, find("shift")) as tf.Tensor4D;
  const kernel = find("kernel") as unknown as tf.Tensor4D;
  const bias = find("bias") as unknown as tf.Tensor1D;
  const groups = [{ features: activate(shifted, "leaky_relu") }];
  return tf.sigmoid(groupConv2d(groups, { kernel, bias }));
}

/**
 * What the decoder joins, finest level first: the centred fill with the share of known pixels as fourth
 * channel, all of it known.
 */
function joinedFills(fills: readonly tf.Tensor4D[], validMask: tf.Tensor4D): MaskedFeatures[] {
  let known = validMask;
  return fills.map((fill, index) => {
    if (index > 0) known = tf.avgPool(known, 2, 2, "same");
    return knownEverywhere(appendChannel(tf.sub(fill, IMAGE_CENTRE) as tf.Tensor4D, known));
  });
}

/** `[n, h, w, 3]` and `[n, h, w, 1]` to `[n, h, w, 4]`, as 1x1 convolutions: `concat` is slow on wasm. */
function appendChannel(image: tf.Tensor4D, channel: tf.Tensor4D): tf.Tensor4D {
  const place = tf.tensor4d([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], [1, 1, 3, 4]);
  const last = tf.tensor4d([0, 0, 0, 1], [1, 1, 1, 4]);
  return tf.add(tf.conv2d(image, place, 1, "valid"), tf.conv2d(channel, last, 1, "valid"));
}

/** One colour, rgb01, at every hole. */
function fillHoles({ features, validMask }: MaskedFeatures, colour: readonly number[]) {
  const filling = tf.broadcastTo(tf.tensor1d([...colour]), features.shape) as tf.Tensor4D;
  return composite(filling, features, validMask);
}

/** An image without holes. */
function knownEverywhere(features: tf.Tensor4D): MaskedFeatures {
  const [n, height, width] = features.shape;
  return { features, validMask: tf.ones([n, height, width, 1]) };
}

interface LayerContext {
  readonly parameters: UNetParameters;
  readonly stride: 1 | 2;
  readonly isTypical: boolean;
  readonly usesBatchStatistics: (layerPath: string) => boolean;
  readonly batchStatistics: Map<string, BatchNormStatistics>;
}

/** Convolution, batch norm, activation; the scope keeps only features and mask. */
function runLayer(
  groups: readonly PartialConvGroup[],
  layer: LayerSpec,
  { parameters, stride, isTypical, usesBatchStatistics, batchStatistics }: LayerContext,
): MaskedFeatures {
  return tf.tidy(() => {
    const { kernel, bias, gamma, beta } = layerVariables(parameters, layer);
    const options = { kernel, stride, ...(bias === undefined ? {} : { bias }) };
    const { features, validMask } = isTypical
      ? knownEverywhere(groupConv2d(groups, options))
      : partialConv2d(groups, options);
    let normalised = features;
    if (gamma !== undefined && beta !== undefined) {
      const path = `${layer.path}/batch_norm`;
      if (usesBatchStatistics(path)) {
        const { output, statistics } = batchNormTraining(features, { gamma, beta });
        batchStatistics.set(path, statistics);
        normalised = output;
      } else {
        normalised = batchNormStored(features, { gamma, beta }, parameters.statistics.get(path)!);
      }
    }
    return { features: activate(normalised, layer.activation), validMask };
  });
}
