import { conv2dForward, kernelView } from "../../../../src/kernels/wasm/conv2d_forward.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { openOwnMemory } from "../own_memory.ts";
import { convCases } from "./conv_cases.ts";

for (const { name, image, kernel, geometry, expected } of convCases()) {
  Deno.test(`conv2dForward() equals naive loops: ${name}`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const { cin, cout } = geometry;
    const size = expected.output.data.length;
    const output = take(4 * size);
    conv2dForward(workspace, take, geometry, {
      input: put(image.data),
      kernel: kernelView(put(kernel.data), { kernelChannels: cin, cout }),
      output,
    });
    const actual = { shape: expected.output.shape, data: get(output, size) };
    assertAllClose(actual, expected.output, { rtol: 3e-6, atol: 1e-6 });
  });
}

Deno.test("conv2dForward() applies factors, bias and slope, and adds", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const side = { height: 1, width: 3, outHeight: 1, outWidth: 3 };
  const geometry = {
    ...{ n: 1, cin: 1, cout: 1, kernelHeight: 1, kernelWidth: 1, ...side },
    ...{ stride: 1, padTop: 0, padLeft: 0 },
  };
  const output = put([1, 1, 1]);
  conv2dForward(workspace, take, geometry, {
    input: put([1, 2, 3]),
    inputFactors: put([1, 0, 1]),
    kernel: kernelView(put([10]), { kernelChannels: 1, cout: 1 }),
    output,
    factors: put([2, 2, -1]),
    bias: put([5]),
    biasFactors: put([0, 1, 1]),
    slope: 0.5,
    isAdded: true,
  });
  // 2·10 + 1; 2·0 + 5 + 1; -30 + 5 + 1, halved.
  assertAllClose({ shape: [3], data: get(output, 3) }, { shape: [3], data: [21, 6, -12] }, {
    rtol: 0,
    atol: 0,
  });
});
