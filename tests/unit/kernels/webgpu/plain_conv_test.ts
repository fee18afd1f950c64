import { sharedTiles } from "../../../../src/kernels/webgpu/choose_tile.ts";
import { plainConv, plainInputGradient } from "../../../../src/kernels/webgpu/plain_conv.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { squareCases } from "./square_cases.ts";
import { gpuBackend, ownTensor } from "./webgpu_backend.ts";

// Measured: 4.1e-6, on sums of up to 196 products.
const CLOSE = { rtol: 0, atol: 5e-6 };

// With pixel lanes: register_test.ts.
const chooseTile = sharedTiles();

for (const { name, image, kernel, dy, size, geometry, expected } of squareCases()) {
  const [cin, cout] = kernel.shape.slice(2) as [number, number];
  gpuTest(`plainConv() and its input gradient equal naive loops: ${name}`, async () => {
    await useBackend("gpu");
    if (cout % 4 === 0) {
      const { y } = await evaluate(() => {
        const inputs = { x: toTensor(image), kernel: toTensor(kernel) };
        return { y: ownTensor(plainConv(gpuBackend(), inputs, geometry, chooseTile)) };
      });
      assertAllClose(y, expected.output, CLOSE, "output");
    }
    const isEven = size[0] % geometry.stride + size[1] % geometry.stride === 0;
    if (cin % 4 === 0 && isEven) {
      const { dx } = await evaluate(() => {
        const inputs = { dy: toTensor(dy), kernel: toTensor(kernel), size };
        return { dx: ownTensor(plainInputGradient(gpuBackend(), inputs, geometry, chooseTile)) };
      });
      assertAllClose(dx, expected.dx, CLOSE, "dx");
    }
    await useBackend("cpu");
  });
}
