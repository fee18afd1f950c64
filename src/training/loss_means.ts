/**
 * Mean losses over many steps, with one read of the device at their end.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { GradientResult } from "./gradients.ts";

/** Sums of losses by name, "total" among them, each over the steps in which it was computed. */
export type LossSums = Readonly<Record<string, { readonly sum: number; readonly steps: number }>>;

/** Losses that are being added up on the device. */
export interface LossMeans {
  /** Adds the losses of a step; the caller keeps its tensors. */
  add(losses: GradientResult["losses"]): void;
  /** Reads the sums so far. */
  read(): Promise<LossSums>;
  /** Frees the sums and begins anew. */
  reset(): void;
}

/**
 * Begins to add losses up.
 *
 * @param start Sums of a run that goes on. They are float32 numbers, so nothing is lost on the way through a file.
 */
export function openLossMeans(start: LossSums = {}): LossMeans {
  const sums = new Map<string, { sum: tf.Scalar; steps: number }>(
    Object.entries(start).map(([name, { sum, steps }]) => [name, { sum: tf.scalar(sum), steps }]),
  );
  return {
    add(losses) {
      for (const [name, value] of losses) {
        const old = sums.get(name);
        if (old === undefined) sums.set(name, { sum: tf.clone(value), steps: 1 });
        else {
          sums.set(name, { sum: tf.add(old.sum, value), steps: old.steps + 1 });
          old.sum.dispose();
        }
      }
    },
    async read() {
      const entries = [...sums].map(async ([name, { sum, steps }]) => {
        const [number] = await sum.data();
        return [name, { sum: number!, steps }] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
    reset() {
      for (const { sum } of sums.values()) sum.dispose();
      sums.clear();
    },
  };
}

/** Divides sums by their steps. */
export function meansOf(
  { total, ...parts }: LossSums,
): { total: number; parts: Record<string, number> } {
  return {
    total: total!.sum / total!.steps,
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, { sum, steps }]) => [name, sum / steps]),
    ),
  };
}
