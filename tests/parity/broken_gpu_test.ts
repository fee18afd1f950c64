/**
 * A GPU that fails must be heard: tfjs swallows WebGPU's errors and hands back whatever the memory held.
 *
 * A file of its own, because its device is not to be trusted afterwards.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openBackend } from "../../src/backend/open_backend.ts";
import { BackendError, EXIT } from "../../src/errors.ts";
import { evaluate } from "../support/evaluate.ts";
import { gpuTest } from "../support/for_each_backend.ts";

/** Beyond this many bytes the error would cost more memory than a test may take. */
const MOST_BYTES = 256 * 2 ** 20;

function assertFails(assertHealthy: () => void, name: string): void {
  assert.throws(assertHealthy, (error: Error) => {
    assert.ok(error instanceof BackendError);
    assert.ok(error.message.startsWith(`GPU "${name}" failed: `), error.message);
    assert.ok(!error.message.includes("\n"));
    assert.match(error.hint!, /not to be trusted.*--device cpu/);
    assert.equal(error.exitCode, EXIT.unavailable);
    return true;
  });
}

gpuTest(
  "assertHealthy() throws after a buffer beyond the limits, at every later call",
  async () => {
    const { name, limits, assertHealthy } = await openBackend("gpu", { log: () => {} });
    assertHealthy();
    const limit = limits["maxStorageBufferBindingSize"]!;
    if (limit <= MOST_BYTES) {
      const tensors = tf.tidy(() => {
        const large = tf.ones([limit / 4 + 1]);
        return [tf.add(tf.slice(large, 0, 2), 1)];
      });
      await tensors[0]!.data(); // no error here: that is the trap
      tf.dispose(tensors);
    } else {
      const { device } = tf.backend() as unknown as { device: GPUDevice };
      device.createBuffer({ size: limits["maxBufferSize"]! + 4, usage: GPUBufferUsage.STORAGE });
      await device.queue.onSubmittedWorkDone();
    }
    assertFails(assertHealthy, name);
    assertFails(assertHealthy, name);
    await tf.setBackend("wasm");
  },
);

gpuTest("a device that is opened anew is healthy", async () => {
  const { assertHealthy } = await openBackend("gpu", { log: () => {} });
  const { three } = await evaluate(() => ({ three: tf.add(tf.scalar(1), tf.scalar(2)) }));
  assert.equal(three.data[0], 3);
  assertHealthy();
  await tf.setBackend("wasm");
});
