import assert from "node:assert/strict";
import { kernelView } from "../../../../src/kernels/wasm/conv2d_forward.ts";
import { conv2dInputGradient } from "../../../../src/kernels/wasm/conv2d_input_gradient.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { openOwnMemory } from "../own_memory.ts";
import { convCases } from "./conv_cases.ts";

for (const { name, kernel, dy, geometry, expected } of convCases()) {
  Deno.test(`conv2dInputGradient() equals naive loops: ${name}`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const { cin, cout } = geometry;
    const size = expected.dx.data.length;
    const dx = take(4 * size);
    conv2dInputGradient(workspace, take, geometry, {
      dy: put(dy.data),
      kernel: kernelView(put(kernel.data), { kernelChannels: cin, cout }),
      dx,
    });
    const actual = { shape: expected.dx.shape, data: get(dx, size) };
    assertAllClose(actual, expected.dx, { rtol: 5e-6, atol: 1.5e-6 });
  });
}

Deno.test("conv2dInputGradient() applies factors of dy and dx", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const geometry = {
    ...{ n: 1, cin: 1, cout: 1, kernelHeight: 1, kernelWidth: 2, height: 1, width: 4 },
    ...{ stride: 2, padTop: 0, padLeft: 0, outHeight: 1, outWidth: 2 },
  };
  const dx = take(16);
  conv2dInputGradient(workspace, take, { ...geometry, kernelHeight: 2, padTop: 1 }, {
    dy: put([1, 2]),
    dyFactors: put([1, 10]),
    // The first row of taps reads the padding; only the second one counts.
    kernel: kernelView(put([99, 99, 3, 4]), { kernelChannels: 1, cout: 1 }),
    dx,
    factors: put([1, 1, 0, 2]),
  });
  assert.deepEqual(get(dx, 4), [3, 4, 0, 160]);
});

Deno.test("conv2dInputGradient() refuses to add where some pixels see no tap", () => {
  const { workspace, take, put } = openOwnMemory();
  const geometry = {
    ...{ n: 1, cin: 1, cout: 1, kernelHeight: 1, kernelWidth: 1, height: 2, width: 2 },
    ...{ stride: 2, padTop: 0, padLeft: 0, outHeight: 1, outWidth: 1 },
  };
  const pass = { dy: put([1]), kernel: kernelView(put([1]), { kernelChannels: 1, cout: 1 }) };
  assert.throws(
    () => conv2dInputGradient(workspace, take, geometry, { ...pass, dx: take(16), isAdded: true }),
    { name: "RangeError", message: "Cannot add to pixels that a stride of 2 skips" },
  );
});
