/**
 * What a forward pass has to compute, layer by layer.
 * @module
 */
import type { LayerSpec } from "../../model/unet_layers.ts";

/** One layer of one pass. */
export interface LayerPlan {
  readonly layer: LayerSpec;
  /** Of the output, in pixels. */
  readonly height: number;
  /** Of the output, in pixels. */
  readonly width: number;
  /**
   * `[height, width]`, `kh·kw·cin / s` of equations 1 and 2 where the window holds something, else 0: the output is 0
   * there, and a hole to the next layer. 1 everywhere for typical convolutions.
   */
  readonly ratio: Float32Array;
  /** `[height, width]`, 1 where the output is needed by something that is wanted. Elsewhere nothing may read it. */
  readonly needed: Uint8Array;
}

/** One forward pass. */
export interface ForwardPlan {
  /** Finest level first. */
  readonly encoder: readonly LayerPlan[];
  /** Coarsest first. */
  readonly decoder: readonly LayerPlan[];
  /**
   * Over a base, by decoder stage, coarsest first: `[height, width]` of that stage, 1 where its correction (that of its
   * head, plus the doubled one of the stage before) is needed. Empty without a base.
   */
  readonly corrections: readonly Uint8Array[];
}
