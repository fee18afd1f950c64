/**
 * A network's numbers on the GPU, folded, once.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { NamedArray } from "../../checkpoint/safetensors.ts";
import { OutOfMemoryError } from "../../errors.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { IMAGE_CHANNELS } from "../../model/unet_layers.ts";
import { type FoldedLayer, foldLayers } from "../fold_layers.ts";
import { type ArrangedLayer, arrangeLayer, type LayerGroup } from "./arrange_layer.ts";

/** One layer on the GPU. */
export interface UploadedLayer {
  readonly weights: tf.Tensor;
  readonly bias: tf.Tensor;
  /** A multiple of 4. */
  readonly cout: number;
  /** Rows of weights. */
  readonly rows: number;
  /** In the order of its input channels; channels filled up to multiples of 4. */
  readonly groups: readonly (LayerGroup & ArrangedLayer["groups"][number])[];
  /** Side of the kernel in pixels. */
  readonly side: number;
  readonly stride: 1 | 2;
  /** The activation is `max(x, slope·x)`. */
  readonly slope: number;
}

/** A network on the GPU: by layer path. */
export type UploadedNetwork = ReadonlyMap<string, UploadedLayer>;

/**
 * Folds and uploads a network.
 *
 * @param arrays By the names of `exportNetwork`; kernels HWIO.
 * @param mostBytes The largest buffer that the device binds.
 * @returns Tensors that the caller disposes with {@linkcode disposeNetwork}.
 * @throws {OutOfMemoryError} If a layer's weights exceed the largest buffer.
 */
export function uploadNetwork(
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
  mostBytes: number,
): UploadedNetwork {
  const uploaded = new Map<string, UploadedLayer>();
  for (const { folded, groups, stride } of listLayers(config, arrays)) {
    const { layer, kernel, bias, slope } = folded;
    const numbers = { kernel, bias, side: layer.kernel, cout: layer.cout };
    const { weights, ...arranged } = arrangeLayer(numbers, groups);
    if (weights.byteLength > mostBytes) {
      disposeNetwork(uploaded);
      throw new OutOfMemoryError(
        `Cannot put the network on the GPU: the weights of ${layer.path} take ` +
          `${weights.byteLength} bytes, must be at most ${mostBytes} on this device`,
        { hint: "Run with --device cpu" },
      );
    }
    uploaded.set(layer.path, {
      ...arranged,
      weights: tf.tensor1d(weights),
      bias: tf.tensor1d(arranged.bias),
      groups: groups.map((group, i) => ({ ...group, ...arranged.groups[i]! })),
      side: layer.kernel,
      stride,
      slope,
    });
  }
  return uploaded;
}

/** Frees a network. */
export function disposeNetwork(network: UploadedNetwork): void {
  for (const { weights, bias } of network.values()) tf.dispose([weights, bias]);
}

interface ListedLayer {
  readonly folded: FoldedLayer;
  readonly groups: readonly LayerGroup[];
  readonly stride: 1 | 2;
}

/** Every layer with its inputs: what `runUNet` hands to it. */
function listLayers(config: UNetConfig, arrays: ReadonlyMap<string, NamedArray>): ListedLayer[] {
  const { encoder, decoder, heads } = foldLayers(config, arrays);
  const plain = (channels: number): LayerGroup => ({ channels, upsample: 1 });
  const fillChannels = encoder[0]!.layer.cin - IMAGE_CHANNELS;
  const fills = fillChannels === 0 ? [] : [plain(fillChannels)];
  const down = encoder.map((folded, index): ListedLayer => {
    const groups = index === 0 ? [plain(IMAGE_CHANNELS), ...fills] : [plain(folded.layer.cin)];
    return { folded, groups, stride: 2 };
  });
  const up = decoder.map((folded, index): ListedLayer => {
    const skip = encoder[encoder.length - 2 - index]?.layer.cout ?? IMAGE_CHANNELS;
    const below = folded.layer.cin - skip - fillChannels;
    const groups = [{ channels: below, upsample: 2 as const }, plain(skip), ...fills];
    return { folded, groups, stride: 1 };
  });
  const out = heads.map((folded): ListedLayer => {
    return { folded, groups: [plain(folded.layer.cin)], stride: 1 };
  });
  return [...down, ...up, ...out];
}
