/**
 * The layer table of the network: what Table 2 of the paper says, for any config.
 * @module
 */
import type { Activation } from "../ops/activation.ts";
import type { UNetConfig } from "./unet_config.ts";

/** Channels of an image. */
export const IMAGE_CHANNELS = 3;

/** One partial convolution with what follows it. */
export interface LayerSpec {
  /** "encoder/1" is the paper's PConv1; with 8 levels "decoder/1" is PConv9 and "decoder/8" is PConv16. */
  readonly path: string;
  readonly kernel: number;
  readonly cin: number;
  readonly cout: number;
  readonly hasBatchNorm: boolean;
  /**
   * False only for the last layer under an output head, whose shift does a bias's work, in holes too.
   * @default True where there is no batch norm
   */
  readonly hasBias?: false;
  readonly activation: Activation;
}

/** All layers of a network in the order they run. */
export interface UNetLayers {
  /** Stride 2 each; over a base, the first joins it with the image. */
  readonly encoder: readonly LayerSpec[];
  /**
   * Each doubles its input and joins it with the encoder level of that size, the last with the image; over a
   * base, with the base of that size too.
   */
  readonly decoder: readonly LayerSpec[];
  /** Over a base, one for each decoder stage but the last: 1x1, to a correction of the image at that size. */
  readonly heads: readonly LayerSpec[];
}

/** Channels of a base that a stage joins: the fill and the share of pixels that were known. */
const BASE_CHANNELS = IMAGE_CHANNELS + 1;

/**
 * Lists the layers of a network: batch norm (if the config has it) everywhere but first and last, ReLU down,
 * LeakyReLU(0.2) up, no activation at the end, decoder kernels 3x3.
 *
 * Source: Liu et al. 2018, Table 2.
 */
export function unetLayers(
  { encoder, base, normalisation, outputHead }: UNetConfig,
): UNetLayers {
  const depth = encoder.length;
  const baseChannels = base === "none" ? 0 : BASE_CHANNELS;
  const channelsAt = (index: number) => index < 0 ? IMAGE_CHANNELS : encoder[index]!.channels;
  const decoder = encoder.map((_, index): LayerSpec => {
    const joined = depth - 2 - index;
    const isLast = joined < 0;
    return {
      path: `decoder/${index + 1}`,
      kernel: 3,
      cin: channelsAt(joined + 1) + channelsAt(joined) + baseChannels,
      cout: channelsAt(joined),
      hasBatchNorm: normalisation === "batch" && !isLast,
      ...(isLast && outputHead !== undefined ? { hasBias: false } : {}),
      activation: isLast ? "none" : "leaky_relu",
    };
  });
  return {
    encoder: encoder.map(({ kernel, channels }, index) => ({
      path: `encoder/${index + 1}`,
      kernel,
      cin: channelsAt(index - 1) + (index === 0 ? baseChannels : 0),
      cout: channels,
      hasBatchNorm: normalisation === "batch" && index > 0,
      activation: "relu",
    })),
    decoder,
    heads: base === "none" ? [] : decoder.slice(0, -1).map(({ path, cout }) => ({
      path: `${path}/head`,
      kernel: 1,
      cin: cout,
      cout: IMAGE_CHANNELS,
      hasBatchNorm: false,
      activation: "none",
    })),
  };
}
