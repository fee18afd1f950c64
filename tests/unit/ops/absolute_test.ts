import * as tf from "@tensorflow/tfjs";
import { absolute } from "../../../src/ops/absolute.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";

forEachBackend("absolute() has the gradient sign(x), 0 at 0 as in PyTorch", async () => {
  const { value, gradient } = await evaluate(() => {
    const x = tf.tensor1d([-2, -0.5, 0, 0.25, 3]);
    const { value, grad } = tf.valueAndGrad((x) => tf.sum(tf.mul(absolute(x), [1, 2, 3, 4, 5])))(x);
    value.dispose();
    return { value: absolute(x), gradient: grad };
  });
  assertAllClose(value, { shape: [5], data: [2, 0.5, 0, 0.25, 3] }, EXACT);
  assertAllClose(gradient, { shape: [5], data: [-1, -2, 0, 4, 5] }, EXACT);
});
