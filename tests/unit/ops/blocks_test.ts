import * as tf from "@tensorflow/tfjs";
import { blocksToSpace, kernelToBlocks, spaceToBlocks } from "../../../src/ops/blocks.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

forEachBackend(
  "spaceToBlocks() orders channels by row in the block, column in the block, channel",
  async () => {
    // Values are the positions: row by row, two channels.
    const image = { shape: [1, 2, 4, 2], data: Array.from({ length: 16 }, (_, i) => i) };
    const { blocks } = await evaluate(() => ({ blocks: spaceToBlocks(toTensor(image), 2) }));
    assertAllClose(blocks, {
      shape: [1, 1, 2, 8],
      data: [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15],
    }, EXACT);
  },
);

forEachBackend("blocksToSpace() equals tfjs's depthToSpace", async () => {
  const blocks = formulaTensor([2, 3, 2, 12]);
  const { ours, theirs } = await evaluate(() => ({
    ours: blocksToSpace(toTensor(blocks), 2),
    theirs: tf.depthToSpace(toTensor<tf.Tensor4D>(blocks), 2, "NHWC"),
  }));
  assertAllClose(ours, theirs, EXACT);
});

forEachBackend("kernelToBlocks() cuts a kernel as spaceToBlocks() cuts an image", async () => {
  const kernel = formulaTensor([4, 2, 3, 2]);
  const { ours, theirs } = await evaluate(() => {
    const w = toTensor<tf.Tensor4D>(kernel);
    // Output channels as the batch: then a kernel is an image.
    const asImage = spaceToBlocks(tf.transpose(w, [3, 0, 1, 2]), 2);
    return { ours: kernelToBlocks(w, 2), theirs: tf.transpose(asImage, [1, 2, 3, 0]) };
  });
  assertAllClose(ours, theirs, EXACT);
});

forEachBackend("blocks of size 1 are the tensor itself", async () => {
  const image = formulaTensor([1, 3, 2, 2]);
  for (const cut of [spaceToBlocks, blocksToSpace, kernelToBlocks]) {
    const { same } = await evaluate(() => ({ same: cut(toTensor(image), 1) }));
    assertAllClose(same, image, EXACT);
  }
});
