/**
 * Inputs for the tests of single losses.
 * @module
 */
import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import { composite } from "../../../../src/ops/composite.ts";
import type { Loss, LossInputs } from "../../../../src/task/types.ts";
import type { Values } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";

/** Images `[n, h, w, 3]` and a mask `[n, h, w, 1]`. */
export interface LossCase {
  readonly output: Values;
  readonly target: Values;
  readonly validMask: Values;
}

/** Computes a loss as the objective does. */
export async function lossOf(loss: Loss, { output, target, validMask }: LossCase): Promise<number> {
  const { value } = await evaluate(() => {
    const [out, goal, mask] = [output, target, validMask].map((x) => toTensor<tf.Tensor4D>(x));
    const inputs: LossInputs = {
      output: out!,
      target: goal!,
      validMask: mask!,
      composite: composite(out!, goal!, mask!),
      features: () => assert.fail("this loss needs no features"),
    };
    return { value: loss.compute(inputs) };
  });
  assert.deepEqual(value.shape, []);
  return value.data[0]!;
}

/** Two equal rows of gray pixels. */
export function grayRows(...values: number[]): Values {
  const row = values.flatMap((value) => [value, value, value]);
  return { shape: [1, 2, values.length, 3], data: [...row, ...row] };
}

/** Two equal rows of a mask, 1 = known. */
export function maskRows(...values: number[]): Values {
  return { shape: [1, 2, values.length, 1], data: [...values, ...values] };
}
