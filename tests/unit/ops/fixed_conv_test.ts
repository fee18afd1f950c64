import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { fixedConvRelu, turnKernel } from "../../../src/ops/fixed_conv.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

const kernel = formulaTensor([3, 3, 2, 4], { phase: 2 });
const bias = formulaTensor([4], { phase: 3 });
const x = formulaTensor([2, 5, 4, 2], { phase: 4 });

function makeLayer() {
  const kernelTensor = toTensor<tf.Tensor4D>(kernel);
  return {
    kernel: kernelTensor,
    bias: toTensor<tf.Tensor1D>(bias),
    turnedKernel: turnKernel(kernelTensor),
  };
}

forEachBackend("fixedConvRelu() and its gradient equal those of conv2d, add and relu", async () => {
  const { fused, plain, fusedGradient, plainGradient } = await evaluate(() => {
    const layer = makeLayer();
    const byParts = (input: tf.Tensor) =>
      tf.relu(tf.add(tf.conv2d(input as tf.Tensor4D, layer.kernel, 1, "same"), layer.bias));
    const slope = (f: (input: tf.Tensor) => tf.Tensor) => tf.grad((v) => tf.sum(tf.square(f(v))));
    const input = toTensor<tf.Tensor4D>(x);
    return {
      fused: fixedConvRelu(input, layer),
      plain: byParts(input),
      fusedGradient: slope((v) => fixedConvRelu(v as tf.Tensor4D, layer))(input),
      plainGradient: slope(byParts)(input),
    };
  });
  const values = Array.from(plain.data);
  assert.ok(values.some((v) => v === 0) && values.some((v) => v > 0));
  // Two orders of the same float32 sums over 18 products.
  assertAllClose(fused, plain, { rtol: 1e-5, atol: 1e-6 });
  assertAllClose(fusedGradient, plainGradient, { rtol: 1e-4, atol: 1e-5 });
});

cpuTest("fixedConvRelu() has the right gradient", async () => {
  const layer = makeLayer();
  await checkGradient((input) => fixedConvRelu(input as tf.Tensor4D, layer), [x], { step: 1e-3 });
  tf.dispose(Object.values(layer));
});

cpuTest("turnKernel() turns by half a turn and exchanges the channels", async () => {
  const { turned } = await evaluate(() => ({ turned: turnKernel(toTensor(kernel)) }));
  const at = (y: number, x: number, i: number, o: number) =>
    kernel.data[((y * 3 + x) * 2 + i) * 4 + o];
  assert.deepEqual(turned.shape, [3, 3, 4, 2]);
  assert.equal(turned.data[((0 * 3 + 2) * 4 + 3) * 2 + 1], at(2, 0, 1, 3));
  assert.equal(turned.data[((1 * 3 + 1) * 4 + 0) * 2 + 1], at(1, 1, 1, 0));
});
