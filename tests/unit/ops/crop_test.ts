import * as tf from "@tensorflow/tfjs";
import { crop } from "../../../src/ops/crop.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

const IMAGE = formulaTensor([2, 4, 5, 3]);

for (
  const window of [
    { top: 1, left: 2, height: 2, width: 3 },
    { top: 0, left: 0, height: 4, width: 5 },
    { top: 3, left: 4, height: 1, width: 1 },
  ]
) {
  const { top, left, height, width } = window;
  const where = `${height}x${width} at ${top}, ${left}`;

  forEachBackend(`crop() equals tfjs's slice, gradients too: ${where}`, async () => {
    const dy = formulaTensor([2, height, width, 3], { phase: 1 });
    const run = (cut: (x: tf.Tensor4D) => tf.Tensor) =>
      evaluate(() => {
        const x = toTensor<tf.Tensor4D>(IMAGE);
        const gradient = tf.grad((x) => cut(x as tf.Tensor4D))(x, toTensor(dy));
        return { output: tf.clone(cut(x)), gradient };
      });
    const ours = await run((x) => crop(x, window));
    const theirs = await run((x) => tf.slice(x, [0, top, left, 0], [2, height, width, 3]));
    assertAllClose(ours.output, theirs.output, EXACT);
    assertAllClose(ours.gradient, theirs.gradient, EXACT);
  });
}
