/**
 * A value that falls along a half cosine.
 * @module
 */
import type { Schedule } from "../../src/task/types.ts";

/** Options of {@linkcode cosine}. */
export interface CosineOptions {
  /** Highest value, reached at the end of the warm-up. */
  readonly from: number;
  /** Value at the last step and after it. */
  readonly to: number;
  /** Steps of the whole schedule, warm-up included. */
  readonly steps: number;
  /**
   * Steps of a linear rise from 0.
   * @default 0
   */
  readonly warmUp?: number;
}

/**
 * `to + (from - to) · (1 + cos(π·p)) / 2` with `p` from 0 to 1 after the warm-up.
 *
 * Source: Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts.
 */
export function cosine({ from, to, steps, warmUp = 0 }: CosineOptions): Schedule<number> {
  return (step) => {
    if (step < warmUp) return from * (step + 1) / warmUp;
    const progress = Math.min(1, (step - warmUp) / Math.max(1, steps - 1 - warmUp));
    return to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2;
  };
}
