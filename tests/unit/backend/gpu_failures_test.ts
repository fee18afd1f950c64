/** How a device that failed is told apart. A file of its own, because its devices are not to be trusted afterwards. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openGpu } from "../../../src/backend/open_gpu.ts";
import { BackendError, DeviceLostError, OutOfMemoryError } from "../../../src/errors.ts";
import { gpuTest } from "../../support/for_each_backend.ts";

const deviceOf = () => (tf.backend() as unknown as { device: GPUDevice }).device;

function report(error: GPUError): void {
  deviceOf().dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
}

gpuTest(
  "assertHealthy() tells memory that ran out from other errors, by the first of them",
  async () => {
    const { assertHealthy } = await openGpu();
    assertHealthy();
    const cause = new GPUOutOfMemoryError("no room\nfor a buffer");
    report(cause);
    report(new GPUValidationError("a buffer is invalid"));
    assert.throws(assertHealthy, (error: Error) => {
      assert.ok(error instanceof OutOfMemoryError);
      assert.match(error.message, /^GPU ".*" failed: no room$/);
      assert.equal(error.cause, cause);
      return true;
    });
    await tf.setBackend("wasm");
  },
);

gpuTest("assertHealthy() tells a loss from the errors that it causes", async () => {
  const { assertHealthy } = await openGpu();
  report(new GPUValidationError("a buffer is invalid"));
  assert.throws(
    assertHealthy,
    (error: Error) => error instanceof BackendError && !(error instanceof OutOfMemoryError),
  );
  deviceOf().destroy();
  await deviceOf().lost;
  assert.throws(assertHealthy, (error: Error) => {
    assert.ok(error instanceof DeviceLostError);
    assert.match(error.message, /^GPU ".*" failed: the device was lost \(destroyed\)/);
    return true;
  });
  await tf.setBackend("wasm");
});
