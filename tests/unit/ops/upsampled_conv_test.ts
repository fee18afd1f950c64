import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { upsampleNearest } from "../../../src/ops/upsample.ts";
import { upsampledConv2d } from "../../../src/ops/upsampled_conv.ts";
import { assertAllClose, type Values } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

for (const [height, width] of [[3, 5], [1, 1], [1, 4]] as const) {
  forEachBackend(
    `upsampledConv2d() equals doubling, then convolving, on ${height}x${width}`,
    async () => {
      const image = formulaTensor([2, height, width, 3]);
      const kernel = formulaTensor([3, 3, 3, 2], { phase: 1 });
      const dy = formulaTensor([2, 2 * height, 2 * width, 2], { phase: 2 });
      const run = (convolve: (x: tf.Tensor4D, w: tf.Tensor4D) => tf.Tensor) =>
        evaluate(() => {
          const [x, w] = [toTensor<tf.Tensor4D>(image), toTensor<tf.Tensor4D>(kernel)];
          const f = (x: tf.Tensor, w: tf.Tensor) => convolve(x as tf.Tensor4D, w as tf.Tensor4D);
          const [dx, dw] = tf.grads((x, w) => f(x!, w!))([x, w], toTensor(dy));
          return { output: f(x, w), dx: dx!, dw: dw! };
        });
      const fused: Record<string, Values> = await run(upsampledConv2d);
      const plain: Record<string, Values> = await run((x, w) =>
        tf.conv2d(upsampleNearest(x), w, 1, "same")
      );
      for (const key of ["output", "dx", "dw"]) {
        assertAllClose(fused[key]!, plain[key]!, { rtol: 1e-5, atol: 5e-6 }, key);
      }
    },
  );
}

cpuTest("upsampledConv2d() refuses kernels that are not 3x3", async () => {
  tf.tidy(() => {
    assert.throws(() => upsampledConv2d(tf.ones([1, 2, 2, 1]), tf.ones([3, 5, 1, 1])), {
      name: "RangeError",
      message: "Cannot run upsampledConv2d: kernel is [3, 5, 1, 1], must be 3 by 3",
    });
  });
  await Promise.resolve();
});
