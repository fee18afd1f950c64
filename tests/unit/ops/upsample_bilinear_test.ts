import * as tf from "@tensorflow/tfjs";
import { upsampleBilinear } from "../../../src/ops/upsample_bilinear.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

for (const [height, width] of [[3, 5], [1, 4], [1, 1]] as const) {
  forEachBackend(
    `upsampleBilinear() equals tfjs's resizeBilinear on ${height}x${width}`,
    async () => {
      const image = formulaTensor([2, height, width, 3]);
      const { ours, theirs } = await evaluate(() => {
        const x = toTensor<tf.Tensor4D>(image);
        return {
          ours: upsampleBilinear(x),
          theirs: tf.image.resizeBilinear(x, [2 * height, 2 * width], false, true),
        };
      });
      assertAllClose(ours, theirs, { rtol: 1e-5, atol: 1e-6 });
    },
  );
}

forEachBackend(
  "upsampleBilinear() repeats the edge and mixes a quarter of the neighbour",
  async () => {
    const { row } = await evaluate(() => ({
      row: upsampleBilinear(toTensor({ shape: [1, 1, 2, 1], data: [0, 4] })),
    }));
    // By hand: 0, 3/4·0 + 1/4·4, 1/4·0 + 3/4·4, 4; both rows alike.
    const data = [0, 1, 3, 4, 0, 1, 3, 4];
    assertAllClose(row, { shape: [1, 2, 4, 1], data }, { rtol: 1e-6, atol: 1e-6 });
  },
);

cpuTest("upsampleBilinear() has the gradient that differences show", async () => {
  await checkGradient((x) => upsampleBilinear(x as tf.Tensor4D), [formulaTensor([1, 3, 4, 2])]);
});
