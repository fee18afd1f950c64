import { composite } from "../../../src/ops/composite.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";

forEachBackend("composite() takes the output where the mask is 0, in all channels", async () => {
  const { result } = await evaluate(() => ({
    result: composite(
      toTensor({ shape: [1, 1, 3, 2], data: [1, 2, 3, 4, 5, 6] }),
      toTensor({ shape: [1, 1, 3, 2], data: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] }),
      toTensor({ shape: [1, 1, 3, 1], data: [1, 0, 1] }),
    ),
  }));
  const data = Float32Array.of(0.1, 0.2, 3, 4, 0.5, 0.6);
  assertAllClose(result, { shape: [1, 1, 3, 2], data }, EXACT);
});
