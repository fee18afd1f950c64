import { conv2dInputGradient } from "../../../../src/kernels/wasm/conv2d_input_gradient.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { convCases } from "./conv_cases.ts";

for (const { name, image, kernel, dy, geometry, expected } of convCases()) {
  cpuTest(`conv2dInputGradient() equals naive loops: ${name}`, async () => {
    const shape = image.shape as [number, number, number, number];
    const { dx } = await evaluate(() => ({
      dx: conv2dInputGradient(toTensor(dy), toTensor(kernel), shape, geometry),
    }));
    assertAllClose(dx, expected.dx, { rtol: 1e-5, atol: 3e-6 });
  });
}
