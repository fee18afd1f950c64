/**
 * The mask of one layer, and its ratios where they are needed.
 * @module
 */
import type { LayerSpec } from "../../model/unet_layers.ts";
import type { ArrayPool } from "./array_pool.ts";
import type { LayerPlan } from "./forward_plan.ts";
import type { PixelSet } from "./reach.ts";
import { addWindowCounts, type KnownMask } from "./window_counts.ts";

/** One input of a layer as the plan sees it. */
export interface SeenGroup {
  readonly mask: KnownMask;
  readonly channels: number;
  readonly upsample?: 1 | 2;
}

/** A layer whose mask is known, but not yet which of its pixels are needed. */
export interface MaskedLayer {
  readonly layer: LayerSpec;
  /** Of the output: equation 2. */
  readonly mask: KnownMask;
  /** Completes the plan. `computed` are those needed pixels whose window holds something. */
  readonly complete: (
    needed: PixelSet,
  ) => { readonly plan: LayerPlan; readonly computed: PixelSet };
}

/** Options of {@linkcode maskLayer}. */
export interface MaskLayerOptions {
  readonly stride: 1 | 2;
  /** Nothing is missing anywhere, and nothing is scaled. */
  readonly isTypical: boolean;
  readonly pool: ArrayPool;
}

/**
 * Works out the mask of a layer, and later the ratios `kh·kw·cin / s` of its needed pixels.
 *
 * Source: Liu et al. 2018, equations 1 and 2.
 */
export function maskLayer(
  layer: LayerSpec,
  groups: readonly SeenGroup[],
  { stride, isTypical, pool }: MaskLayerOptions,
): MaskedLayer {
  const first = groups[0]!;
  const scale = (first.upsample ?? 1) / stride;
  const [height, width] = [first.mask.height * scale, first.mask.width * scale];
  const whole = layer.kernel ** 2 * layer.cin;
  const count = (where?: Uint8Array) => {
    const sums = pool.take("ints", height * width);
    for (const { mask, channels, upsample = 1 } of groups) {
      const window = { kernel: layer.kernel, stride, upsample };
      addWindowCounts(sums, mask, { ...window, channels, pool, where });
    }
    return sums;
  };
  // One group in which nothing is missing, and every window holds something: sums can wait.
  const isKnown = isTypical || groups.some(({ mask }) => mask.values === undefined);
  const sums = isKnown ? undefined : count();
  const known = sums && pool.take("bytes", sums.length);
  if (sums !== undefined) {
    for (let i = 0; i < sums.length; i++) {
      if (sums[i] !== 0) known![i] = 1;
    }
  }
  return {
    layer,
    mask: { height, width, values: known },
    complete(set) {
      const needed = set.values;
      const ratio = pool.take("floats", needed.length);
      const plan = { layer, height, width, ratio, needed };
      if (isTypical) {
        ratio.fill(1);
        return { plan, computed: set };
      }
      const counted = sums ?? count(needed);
      for (let i = 0; i < needed.length; i++) {
        if (needed[i] === 1 && counted[i] !== 0) ratio[i] = whole / counted[i]!;
      }
      if (known === undefined) return { plan, computed: set };
      const values = pool.take("bytes", needed.length);
      for (let i = 0; i < values.length; i++) values[i] = needed[i]! & known[i]!;
      return { plan, computed: { ...set, values } };
    },
  };
}
