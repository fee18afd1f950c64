import * as tf from "@tensorflow/tfjs";
import { upsampleNearest } from "../../../src/ops/upsample.ts";
import { referenceBlockSums, referenceDouble } from "../../oracle/reference/channels.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

forEachBackend("upsampleNearest() makes 2x2 blocks, and its gradient adds them up", async () => {
  const image = formulaTensor([2, 3, 5, 2]);
  const dy = formulaTensor([2, 6, 10, 2], { phase: 1 });
  const { output, gradient } = await evaluate(() => {
    const x = toTensor<tf.Tensor4D>(image);
    return {
      output: upsampleNearest(x),
      gradient: tf.grad((x) => upsampleNearest(x as tf.Tensor4D))(x, toTensor(dy)),
    };
  });
  assertAllClose(output, referenceDouble(image), EXACT);
  assertAllClose(gradient, referenceBlockSums(dy), { rtol: 1e-6, atol: 1e-6 });
});
