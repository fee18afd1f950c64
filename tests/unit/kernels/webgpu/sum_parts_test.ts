import * as tf from "@tensorflow/tfjs";
import { sumParts } from "../../../../src/kernels/webgpu/sum_parts.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { gpuBackend, ownTensor } from "./webgpu_backend.ts";

gpuTest("sumParts() adds rows, the first one first", async () => {
  await useBackend("gpu");
  // In float32 1e8 + 1 is 1e8, so (1e8 + 1) - 1e8 is 0, where any other order gives 1.
  const rows = [[1e8, 1, 2], [1, 10, 20], [-1e8, 100, 200]];
  const { sum } = await evaluate(() => ({
    sum: ownTensor(sumParts(gpuBackend(), tf.tensor2d(rows), [3, 1])),
  }));
  assertAllClose(sum, { shape: [3, 1], data: [0, 111, 222] }, EXACT);
  await useBackend("cpu");
});
