import { channelSums } from "../../../src/ops/channel_sums.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

for (const shape of [[2, 5, 7, 3], [1, 1, 1, 4], [3, 64, 33, 2]]) {
  forEachBackend(`channelSums() adds up ${shape.join("x")} as float64 does`, async () => {
    const x = formulaTensor(shape, { shift: 1 });
    const channels = shape[3]!;
    const expected = new Float64Array(channels);
    for (let i = 0; i < x.data.length; i++) expected[i % channels]! += x.data[i]!;
    const { sums } = await evaluate(() => ({ sums: channelSums(toTensor(x)) }));
    // Measured: 4.4e-7 relative, of 6336 numbers.
    assertAllClose(sums, { shape: [channels], data: expected }, { rtol: 2e-6, atol: 0 });
  });
}
