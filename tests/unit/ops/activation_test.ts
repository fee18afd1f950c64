import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { activate, type Activation, LEAKY_SLOPE } from "../../../src/ops/activation.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { evaluate } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";

const INPUT = [-2, -0.5, 0, 0.25, 3];
const DY = [1, 2, 3, 4, 5];

// By hand; the gradient at 0 is that of the negative side, as in PyTorch.
const CASES: Readonly<
  Record<Exclude<Activation, "none">, { output: number[]; gradient: number[] }>
> = {
  relu: { output: [0, 0, 0, 0.25, 3], gradient: [0, 0, 0, 4, 5] },
  leaky_relu: { output: [-0.4, -0.1, 0, 0.25, 3], gradient: [0.2, 0.4, 0.6, 4, 5] },
};

for (const [name, { output, gradient }] of Object.entries(CASES)) {
  forEachBackend(`activate() computes ${name} and its gradient`, async () => {
    const shape: [number, number, number, number] = [1, 1, 5, 1];
    const result = await evaluate(() => {
      const x = tf.tensor4d(INPUT, shape);
      const run = (x: tf.Tensor) => activate(x as tf.Tensor4D, name as Activation);
      return { output: run(x), gradient: tf.grad(run)(x, tf.tensor4d(DY, shape)) };
    });
    assertAllClose(result.output, { shape, data: output }, { rtol: 1e-7, atol: 0 });
    assertAllClose(result.gradient, { shape, data: gradient }, { rtol: 1e-7, atol: 0 });
  });
}

cpuTest("activate() with none hands its input back", async () => {
  const x = tf.tensor4d(INPUT, [1, 1, 5, 1]);
  assert.equal(activate(x, "none"), x);
  x.dispose();
  await Promise.resolve();
});

Deno.test("the slope is that of Table 2 of the paper", () => {
  assert.equal(LEAKY_SLOPE, 0.2);
});
