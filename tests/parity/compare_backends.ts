/**
 * The same tensor code on both backends.
 * @module
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { assertAllClose, type Tolerance, type Values } from "../support/assert_all_close.ts";
import { evaluate } from "../support/evaluate.ts";
import { gpuTest, useBackend } from "../support/for_each_backend.ts";

/**
 * Registers a test that runs tensor code on the CPU, then on the GPU, and compares all results.
 *
 * The CPU backend is the reference: it agrees with PyTorch, see tests/oracle.
 */
export function parityTest(
  name: string,
  body: () => Readonly<Record<string, tf.Tensor>>,
  tolerance: Tolerance,
): void {
  gpuTest(`GPU and CPU agree: ${name}`, async () => {
    await useBackend("cpu");
    const expected: Record<string, Values> = await evaluate(body);
    await useBackend("gpu");
    // Small tensors must not be computed on the CPU behind our back.
    assert.equal(tf.env().getBool("WEBGPU_CPU_FORWARD"), false);
    const actual: Record<string, Values> = await evaluate(body);
    assert.equal(tf.getBackend(), "webgpu");
    await useBackend("cpu");
    assert.deepEqual(Object.keys(actual), Object.keys(expected));
    for (const [key, values] of Object.entries(expected)) {
      assert.ok(values.data.length > 0 && Array.from(values.data).every(Number.isFinite));
      assertAllClose(actual[key]!, values, tolerance, key);
    }
  });
}
