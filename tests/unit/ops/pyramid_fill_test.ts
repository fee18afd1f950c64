import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { pyramidFill } from "../../../src/ops/pyramid_fill.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaMask } from "../../support/formula_tensor.ts";

// Values are compared with PyTorch in tests/oracle/pyramid_test.ts.

cpuTest(
  "pyramidFill() gives levels down to 1x1, each half of the finer one, rounded up",
  async () => {
    tf.tidy(() => {
      const levels = pyramidFill({
        features: tf.zeros([2, 5, 12, 3]),
        validMask: tf.ones([2, 5, 12, 1]),
      });
      assert.deepEqual(levels.map(({ shape }) => shape), [
        [2, 5, 12, 3],
        [2, 3, 6, 3],
        [2, 2, 3, 3],
        [2, 1, 2, 3],
        [2, 1, 1, 3],
      ]);
    });
    await Promise.resolve();
  },
);

forEachBackend("pyramidFill() fills a constant image with its constant", async () => {
  const { filled } = await evaluate(() => ({
    filled: pyramidFill({
      features: tf.fill([2, 9, 14, 1], 0.3) as tf.Tensor4D,
      validMask: toTensor(formulaMask(["block", "speckle"], 9, 14)),
    })[0]!,
  }));
  const expected = { shape: [2, 9, 14, 1], data: new Float32Array(2 * 9 * 14).fill(0.3) };
  assertAllClose(filled, expected, { rtol: 1e-6, atol: 0 });
});

forEachBackend("pyramidFill() carries a single known pixel everywhere", async () => {
  const mask = new Float32Array(40);
  mask[13] = 1;
  const { filled } = await evaluate(() => ({
    filled: pyramidFill({
      features: tf.fill([1, 5, 8, 1], 0.7) as tf.Tensor4D,
      validMask: toTensor({ shape: [1, 5, 8, 1], data: mask }),
    })[0]!,
  }));
  const expected = { shape: [1, 5, 8, 1], data: new Float32Array(40).fill(0.7) };
  assertAllClose(filled, expected, { rtol: 1e-6, atol: 0 });
});
