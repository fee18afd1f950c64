/**
 * A trained network without its batch norm.
 * @module
 */
import type { NamedArray } from "../checkpoint/safetensors.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { type LayerSpec, unetLayers } from "../model/unet_layers.ts";
import type { Activation } from "../ops/activation.ts";
import { BATCH_NORM_EPSILON } from "../ops/batch_norm_epsilon.ts";

/** One convolution with what follows it: `y = max(x, slope·x)` of `x = conv·ratio + bias`. */
export interface FoldedLayer {
  readonly layer: LayerSpec;
  /** `[kh, kw, cin, cout]`, HWIO, times the scale of the batch norm. */
  readonly kernel: Float32Array;
  /** `[cout]`: the bias, or the shift of the batch norm. */
  readonly bias: Float32Array;
  /** 0 is ReLU, 1 no activation. */
  readonly slope: number;
}

/** All layers in the order of `unetLayers`. */
export interface FoldedNetwork {
  readonly encoder: readonly FoldedLayer[];
  readonly decoder: readonly FoldedLayer[];
  readonly heads: readonly FoldedLayer[];
}

/** Slope of each activation below zero; Table 2 of the paper. */
const SLOPES: Readonly<Record<Activation, number>> = { relu: 0, leaky_relu: 0.2, none: 1 };

/**
 * Folds batch norm with stored statistics into kernels and biases. Exact up to rounding: the mask ratio is one factor of
 * all channels, so scales pass through it.
 *
 * @param arrays Parameters and statistics by path, as in weights files.
 */
export function foldLayers(
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
): FoldedNetwork {
  const fold = (layer: LayerSpec): FoldedLayer => {
    const numbers = (name: string) => arrays.get(`${layer.path}/${name}`)!.data;
    const kernel = new Float32Array(numbers("kernel"));
    const slope = SLOPES[layer.activation];
    if (!layer.hasBatchNorm) {
      const bias = layer.hasBias === false
        ? new Float32Array(layer.cout)
        : new Float32Array(numbers("bias"));
      return { layer, kernel, bias, slope };
    }
    const [gamma, beta, mean, variance] = ["gamma", "beta", "mean", "variance"].map((name) =>
      numbers(`batch_norm/${name}`)
    );
    const scale = Array.from(
      { length: layer.cout },
      (_, c) => gamma![c]! / Math.sqrt(variance![c]! + BATCH_NORM_EPSILON),
    );
    for (let i = 0; i < kernel.length;) {
      for (let c = 0; c < layer.cout; c++, i++) kernel[i]! *= scale[c]!;
    }
    const bias = Float32Array.from(scale, (factor, c) => beta![c]! - mean![c]! * factor);
    return { layer, kernel, bias, slope };
  };
  const { encoder, decoder, heads } = unetLayers(config);
  return { encoder: encoder.map(fold), decoder: decoder.map(fold), heads: heads.map(fold) };
}
