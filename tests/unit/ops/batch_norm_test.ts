import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  type BatchNormStatistics,
  batchNormStored,
  batchNormTraining,
} from "../../../src/ops/batch_norm.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { evaluate } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

// Values and gradients are compared with PyTorch in tests/oracle/batch_norm_test.ts.

forEachBackend(
  "batchNormTraining() gives statistics that outlive a scope, the variance unbiased",
  async () => {
    const { mean, variance } = await evaluate(() => {
      const x = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
      let statistics: BatchNormStatistics | undefined;
      tf.tidy(() => {
        statistics = batchNormTraining(x, affine(1)).statistics;
      });
      return { ...statistics! };
    });
    // By hand: mean 3, squares 4 + 1 + 0 + 9 = 14, over n - 1 = 3.
    assertAllClose(mean, { shape: [1], data: [3] }, { rtol: 1e-6, atol: 0 });
    assertAllClose(variance, { shape: [1], data: [14 / 3] }, { rtol: 1e-6, atol: 0 });
  },
);

cpuTest("batchNormTraining() of a single pixel is beta, with finite statistics", async () => {
  const { output, mean, variance } = await evaluate(() => {
    const x = tf.tensor4d([7, -3], [1, 1, 1, 2]);
    const { output, statistics } = batchNormTraining(x, affine(2));
    return { output, ...statistics };
  });
  assertAllClose(output, { shape: [1, 1, 1, 2], data: [0.5, 0.5] }, { rtol: 0, atol: 1e-6 });
  assertAllClose(mean, { shape: [2], data: [7, -3] }, { rtol: 1e-6, atol: 0 });
  assertAllClose(variance, { shape: [2], data: [0, 0] }, { rtol: 0, atol: 1e-6 });
});

cpuTest("batchNormTraining() has the gradient that differences show", async () => {
  const inputs = [
    formulaTensor([2, 2, 3, 2]),
    formulaTensor([2], { shift: 2 }),
    formulaTensor([2]),
  ];
  await checkGradient((x, gamma, beta) => {
    const { output, statistics } = batchNormTraining(x as tf.Tensor4D, {
      gamma: gamma as tf.Tensor1D,
      beta: beta as tf.Tensor1D,
    });
    tf.dispose([statistics.mean, statistics.variance]);
    return output;
  }, inputs);
});

cpuTest("batch norm refuses affine parts of other sizes", async () => {
  const x = tf.zeros([1, 2, 2, 3]) as tf.Tensor4D;
  const [three, two] = [tf.ones([3]) as tf.Tensor1D, tf.ones([2]) as tf.Tensor1D];
  const statistics = { mean: three, variance: three };
  assert.throws(() => batchNormTraining(x, { gamma: two, beta: three }), {
    name: "RangeError",
    message: "Cannot run batchNorm: gamma is [2], must be [3]",
  });
  assert.throws(() => batchNormStored(x, { gamma: three, beta: two }, statistics), {
    name: "RangeError",
    message: "Cannot run batchNorm: beta is [2], must be [3]",
  });
  tf.dispose([x, three, two]);
  await Promise.resolve();
});

/** Scale 1, shift 0.5. */
function affine(channels: number) {
  return {
    gamma: tf.ones([channels]) as tf.Tensor1D,
    beta: tf.fill([channels], 0.5) as tf.Tensor1D,
  };
}
