import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { checkGradient } from "./check_gradient.ts";
import { cpuTest } from "./for_each_backend.ts";
import { formulaTensor } from "./formula_tensor.ts";

const INPUTS = [formulaTensor([2, 3]), formulaTensor([2, 3], { phase: 2 })];

cpuTest("checkGradient() accepts a right gradient", async () => {
  await checkGradient((a, b) => tf.mul(tf.square(a!), b!), INPUTS);
});

cpuTest("checkGradient() refuses a gradient that is off by a factor", async () => {
  const wrong = tf.customGrad((x) => ({
    value: tf.square(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.mul(x as tf.Tensor, 2.1)),
  }));
  await assert.rejects(checkGradient((a) => wrong(a!), [INPUTS[0]!]), /by differences/);
});

cpuTest("checkGradient() refuses a gradient of 0, which would prove nothing", async () => {
  await assert.rejects(checkGradient((a) => tf.mul(a!, 0), [INPUTS[0]!]), /by differences/);
});
