import assert from "node:assert/strict";
import { conv2dFilterGradient } from "../../../../src/kernels/wasm/conv2d_filter_gradient.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { openOwnMemory } from "../own_memory.ts";
import { convCases } from "./conv_cases.ts";

for (const { name, image, dy, geometry, expected } of convCases()) {
  Deno.test(`conv2dFilterGradient() equals naive loops: ${name}`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const size = expected.dw.data.length;
    const dw = take(4 * size);
    const pass = { input: put(image.data), dy: put(dy.data), dw };
    conv2dFilterGradient(workspace, take, geometry, pass);
    const actual = { shape: expected.dw.shape, data: get(dw, size) };
    // Sums of up to 1580 products.
    assertAllClose(actual, expected.dw, { rtol: 3e-6, atol: 3e-6 });
  });
}

Deno.test("conv2dFilterGradient() writes only the channels of its slice", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const geometry = {
    ...{ n: 1, cin: 1, cout: 2, kernelHeight: 1, kernelWidth: 2, height: 1, width: 3 },
    ...{ stride: 1, padTop: 0, padLeft: 0, outHeight: 1, outWidth: 2 },
  };
  const dw = put(new Array(12).fill(-1));
  conv2dFilterGradient(workspace, take, geometry, {
    input: put([1, 2, 3]),
    inputFactors: put([1, 0, 1]),
    dy: put([1, 10, 100, 1000]),
    dw,
    kernelChannels: 3,
    firstChannel: 1,
  });
  // Tap 0 sees 1 and 0, tap 1 sees 0 and 3.
  assert.deepEqual(get(dw, 12), [-1, -1, 1, 10, -1, -1, -1, -1, 300, 3000, -1, -1]);
});
