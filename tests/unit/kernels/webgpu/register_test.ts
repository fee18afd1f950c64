import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerWebGpuKernels } from "../../../../src/kernels/webgpu/register.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { gpuBackend } from "./webgpu_backend.ts";
import { squareCases } from "./square_cases.ts";

/** Names of our own programs that ran meanwhile. */
async function programsOf(body: () => Promise<void>): Promise<string[]> {
  const backend = gpuBackend();
  const seen = new Set<string>();
  const original = backend.runWebGPUProgram;
  backend.runWebGPUProgram = function (program, ...rest) {
    const output = original.call(backend, program, ...rest);
    const name = /^pconv[A-Za-z]+/.exec(program.shaderKey)?.[0];
    if (name !== undefined) seen.add(name);
    return output;
  };
  try {
    await body();
  } finally {
    backend.runWebGPUProgram = original;
  }
  return [...seen].sort();
}

const GRADIENT = "pconvFilterGradient";

for (const isSoftware of [true, false]) {
  const where = isSoftware ? "software" : "hardware";
  for (const { name, image, kernel, dy, geometry, expected } of squareCases()) {
    gpuTest(`conv2d and its gradients equal naive loops as on ${where}: ${name}`, async () => {
      await useBackend("gpu");
      registerWebGpuKernels({ isSoftware });
      const { stride, pad } = geometry;
      const pads: [[0, 0], [number, number], [number, number], [0, 0]] = [[0, 0], [pad, pad], [
        pad,
        pad,
      ], [0, 0]];
      const programs = await programsOf(async () => {
        const result = await evaluate(() => {
          const convolve = (x: tf.Tensor, w: tf.Tensor) =>
            tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pads);
          const [x, w] = [toTensor(image), toTensor(kernel)];
          const [dx, dw] = tf.grads((x, w) => convolve(x!, w!))([x, w], toTensor(dy));
          return { output: convolve(x, w), dx: dx!, dw: dw! };
        });
        for (const key of ["output", "dx", "dw"] as const) {
          assertAllClose(result[key], expected[key], { rtol: 0, atol: 5e-6 }, key);
        }
      });
      assert.ok(programs.includes(GRADIENT));
      const [cin, cout] = kernel.shape.slice(2) as [number, number];
      const isOurs = isSoftware ? cin % 4 === 0 || cout % 4 === 0 : stride === 2 && cin % 4 === 0;
      const tiles = isSoftware ? "pconvPixelLanes" : "pconvSharedTiles";
      assert.equal(programs.includes(tiles), isOurs, programs.join());
      registerWebGpuKernels({ isSoftware: true });
      await useBackend("cpu");
    });
  }
}

gpuTest("what our programs do not know is left to tfjs", async () => {
  await useBackend("gpu");
  const programs = await programsOf(async () => {
    // Dilated, and with another padding above than at the left.
    const { dilated, lopsided } = await evaluate(() => {
      const x = tf.ones([1, 5, 5, 4]) as tf.Tensor4D;
      const w = tf.ones([3, 3, 4, 4]) as tf.Tensor4D;
      return {
        dilated: tf.conv2d(x, w, 1, "valid", "NHWC", 2),
        lopsided: tf.conv2d(x, w, 1, [[0, 0], [1, 0], [0, 0], [0, 0]]),
      };
    });
    assertAllClose(dilated, { shape: [1, 1, 1, 4], data: [36, 36, 36, 36] }, { rtol: 0, atol: 0 });
    // The first row of windows lies half outside: two rows of three taps of four channels.
    assert.deepEqual([...lopsided.data as Float32Array].slice(0, 4), [24, 24, 24, 24]);
  });
  assert.deepEqual(programs, []);
  await useBackend("cpu");
});

gpuTest("registerWebGpuKernels() can be called again without effect", async () => {
  const kernel = tf.getKernel("Conv2DBackpropFilter", "webgpu");
  registerWebGpuKernels({ isSoftware: true });
  assert.equal(tf.getKernel("Conv2DBackpropFilter", "webgpu"), kernel);
  await Promise.resolve();
});
