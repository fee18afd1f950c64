import * as tf from "@tensorflow/tfjs";
import { blocksToSpace } from "../../../src/ops/blocks.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

forEachBackend("blocksToSpace() equals tfjs's depthToSpace", async () => {
  const blocks = formulaTensor([2, 3, 2, 12]);
  const { ours, theirs } = await evaluate(() => ({
    ours: blocksToSpace(toTensor(blocks), 2),
    theirs: tf.depthToSpace(toTensor<tf.Tensor4D>(blocks), 2, "NHWC"),
  }));
  assertAllClose(ours, theirs, EXACT);
});

forEachBackend("blocksToSpace() of size 1 is the tensor itself", async () => {
  const image = formulaTensor([1, 3, 2, 2]);
  const { same } = await evaluate(() => ({ same: blocksToSpace(toTensor(image), 1) }));
  assertAllClose(same, image, EXACT);
});
