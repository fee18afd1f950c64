/**
 * Works out what a forward pass has to compute.
 * @module
 */
import type { UNetConfig } from "../../model/unet_config.ts";
import { unetLayers } from "../../model/unet_layers.ts";
import type { ForwardRequest } from "../types.ts";
import { ArrayPool } from "./array_pool.ts";
import type { ForwardPlan, LayerPlan } from "./forward_plan.ts";
import { maskLayer, type SeenGroup } from "./masked_layer.ts";
import { type PixelSet, reachAbove, reachAround, reachBelow, union } from "./reach.ts";
import type { KnownMask } from "./window_counts.ts";

/**
 * Works out, forwards, the mask ratios of every layer, and backwards from what is wanted, which outputs anything reads.
 * Exact: computing only these gives the same output where it is wanted as computing everything.
 *
 * Where a window holds nothing, its inputs are not needed either.
 *
 * @param pool Owns the arrays of the plan.
 */
export function planForward(
  config: UNetConfig,
  { height, width, validMask, wanted }: Omit<ForwardRequest, "rgb01">,
  pool: ArrayPool = new ArrayPool(),
): ForwardPlan {
  const layers = unetLayers(config);
  const isTypical = config.convolution === "typical";
  const depth = layers.encoder.length;
  const all = (level: number): KnownMask => ({
    height: height / 2 ** level,
    width: width / 2 ** level,
    values: undefined,
  });
  const hasBase = config.base !== "none";
  const baseChannels = layers.encoder[0]!.cin - 3;
  const fillAt = (level: number): SeenGroup[] =>
    hasBase ? [{ mask: all(level), channels: baseChannels }] : [];

  const masks: KnownMask[] = [isTypical ? all(0) : { height, width, values: validMask }];
  const down = layers.encoder.map((layer, index) => {
    const group = { mask: masks[index]!, channels: index === 0 ? 3 : layer.cin };
    const groups = [group, ...(index === 0 ? fillAt(0) : [])];
    const masked = maskLayer(layer, groups, { stride: 2, isTypical, pool });
    masks.push(masked.mask);
    return masked;
  });
  let current = masks[depth]!;
  const up = layers.decoder.map((layer, index) => {
    const level = depth - 1 - index;
    const fills = fillAt(level);
    const channels = level === 0 ? 3 : layers.encoder[level - 1]!.cout;
    const below = layer.cin - channels - (hasBase ? baseChannels : 0);
    const groups: SeenGroup[] = [
      { mask: current, channels: below, upsample: 2 },
      { mask: masks[level]!, channels },
      ...fills,
    ];
    const masked = maskLayer(layer, groups, { stride: 1, isTypical, pool });
    current = masked.mask;
    return masked;
  });

  // Backwards. Index of the decoder: depth - 1 - level.
  const output = wanted ?? pool.take("bytes", height * width).fill(1);
  let correction: PixelSet = { height, width, values: output };
  let features = correction;
  const corrections: Uint8Array[] = [];
  const decoder: LayerPlan[] = [];
  const skips: PixelSet[] = [];
  for (let level = 0; level < depth; level++) {
    if (level > 0 && hasBase) {
      // Both were made from the same set at the first level: a head and the next stage read the same pixels.
      correction = level === 1 ? features : reachBelow(correction, pool);
      features = level === 1 ? features : union(features, correction, pool);
    }
    corrections.unshift(correction.values);
    const { plan, computed } = up[depth - 1 - level]!.complete(features);
    decoder.unshift(plan);
    skips.push(level === 0 ? computed : reachAround(computed, pool));
    features = reachBelow(computed, pool);
  }
  const encoder: LayerPlan[] = [];
  for (let level = depth; level > 0; level--) {
    const { plan, computed } = down[level - 1]!.complete(features);
    encoder.unshift(plan);
    if (level === 1) break;
    const read = reachAbove(computed, { kernel: plan.layer.kernel, pool });
    features = union(skips[level - 1]!, read, pool);
  }
  return { encoder, decoder, corrections: hasBase ? corrections : [] };
}
