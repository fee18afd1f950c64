import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { freeIdleBuffers } from "../../../../src/kernels/webgpu/free_idle_buffers.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";

/** tfjs's own count. */
const allocated = () =>
  (tf.memory() as unknown as { numBytesAllocatedInGPU: number }).numBytesAllocatedInGPU;

gpuTest("freeIdleBuffers() frees what nobody uses, above a limit, and nothing else", async () => {
  await useBackend("gpu");
  const backend = tf.backend();
  freeIdleBuffers(backend, 0);
  const kept = tf.tidy(() => tf.add(tf.range(0, 1000), 1));
  await kept.data();
  const before = allocated();
  for (const size of [10_001, 10_002, 10_003]) {
    const other = tf.tidy(() => tf.add(tf.ones([size]), 1));
    await other.data();
    other.dispose();
  }
  const full = allocated();
  // Three results of 40 kB and what they were read through, at least.
  assert.ok(full - before >= 6 * 40_000, `${full - before}`);
  assert.equal(freeIdleBuffers(backend, 1e9), 0);
  assert.equal(allocated(), full);
  const freed = freeIdleBuffers(backend, 100);
  assert.equal(allocated(), full - freed);
  // Nobody else holds anything of any size.
  assert.ok(allocated() <= before, `${allocated()} of ${before}`);
  const doubled = tf.tidy(() => tf.mul(kept, 2));
  const values = await doubled.data();
  assert.deepEqual([...values.slice(0, 3)], [2, 4, 6]);
  assert.equal(values[999], 2000);
  tf.dispose([kept, doubled]);
  await useBackend("cpu");
});
