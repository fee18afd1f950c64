import assert from "node:assert/strict";
import { filterGradient } from "../../../../src/kernels/webgpu/filter_gradient.ts";
import { referenceConvolution } from "../../../oracle/reference/convolution.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";
import { squareCases } from "./square_cases.ts";
import { gpuBackend, ownTensor } from "./webgpu_backend.ts";

for (const { name, image, dy, kernel, geometry, expected } of squareCases()) {
  gpuTest(`filterGradient() equals naive loops: ${name}`, async () => {
    await useBackend("gpu");
    const { side, stride, pad } = geometry;
    const { dw } = await evaluate(() => ({
      dw: ownTensor(filterGradient(gpuBackend(), { x: toTensor(image), dy: toTensor(dy) }, {
        kernel: [side, side],
        stride: [stride, stride],
        pad: [pad, pad],
      })),
    }));
    assert.deepEqual(dw.shape, kernel.shape);
    // Measured: 2.6e-6, on sums of up to 96 products.
    assertAllClose(dw, expected.dw, { rtol: 0, atol: 4e-6 });
    await useBackend("cpu");
  });
}

gpuTest(
  "filterGradient() in many parts equals naive loops, to the last bit the same each time",
  async () => {
    await useBackend("gpu");
    // 2·40·50 pixels in 63 parts; sides and pads differ by direction, channels are odd.
    const image = formulaTensor([2, 80, 50, 3]);
    const dy = formulaTensor([2, 40, 50, 5], { phase: 2 });
    const kernel = formulaTensor([3, 1, 3, 5]);
    const run = () =>
      evaluate(() => ({
        dw: ownTensor(filterGradient(gpuBackend(), { x: toTensor(image), dy: toTensor(dy) }, {
          kernel: [3, 1],
          stride: [2, 1],
          pad: [1, 0],
        })),
      }));
    const { dw } = await run();
    assert.deepEqual((await run()).dw, dw);
    const doubled = expandColumns(image.data, [2, 80, 50, 3]);
    const { dw: expected } = referenceConvolution({
      image: { shape: [2, 80, 99, 3], data: doubled },
      kernel,
      stride: 2,
      padTop: 1,
      padLeft: 0,
      dy,
    });
    // Measured: 1.4e-5, on sums of 4000 products.
    assertAllClose(dw, expected, { rtol: 0, atol: 2.4e-5 });
    await useBackend("cpu");
  },
);

/** Puts a column between every two, so that stride 2 does to them what stride 1 does without. */
function expandColumns(data: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const [n, height, width, channels] = shape as [number, number, number, number];
  const expanded = new Float32Array(n * height * (2 * width - 1) * channels);
  for (let line = 0; line < n * height; line++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        expanded[(line * (2 * width - 1) + 2 * x) * channels + c] =
          data[(line * width + x) * channels + c]!;
      }
    }
  }
  return expanded;
}
