import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { meanAbsoluteDifference } from "../../../src/ops/mean_absolute_difference.ts";
import { evaluate } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

cpuTest("meanAbsoluteDifference() is the L1 distance over all elements", async () => {
  const { value } = await evaluate(() => ({
    value: meanAbsoluteDifference(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[1, 0], [4, 4]])),
  }));
  // By hand: (0 + 2 + 1 + 0) / 4.
  assert.deepEqual(Array.from(value.data), [0.75]);
});

cpuTest("meanAbsoluteDifference() has gradient 0 where both are equal", async () => {
  const { gradient } = await evaluate(() => ({
    gradient: tf.grad((a) => meanAbsoluteDifference(a, tf.tensor1d([1, 1, 1, 1])))(
      tf.tensor1d([1, 2, 0, 1]),
    ),
  }));
  assert.deepEqual(Array.from(gradient.data), [0, 0.25, -0.25, 0]);
});
