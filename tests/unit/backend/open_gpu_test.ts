import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openGpu } from "../../../src/backend/open_gpu.ts";
import { BackendError, EXIT } from "../../../src/errors.ts";
import { gpuTest } from "../../support/for_each_backend.ts";
import { fakeAdapter, withAdapter } from "./fake_adapter.ts";

Deno.test("openGpu() without an adapter says how to get one", () =>
  withAdapter(null, async () => {
    await assert.rejects(openGpu(), (error: Error) => {
      assert.ok(error instanceof BackendError);
      assert.equal(error.message, "Cannot open a GPU: this machine offers no WebGPU adapter");
      assert.match(error.hint!, /mesa-vulkan-drivers.*--device cpu/);
      assert.equal(error.exitCode, EXIT.unavailable);
      return true;
    });
  }));

Deno.test("openGpu() names an adapter that refuses a device, and keeps the cause", () =>
  withAdapter(fakeAdapter({ description: "Broken 3000" }), async () => {
    await assert.rejects(openGpu(), (error: Error) => {
      assert.ok(error instanceof BackendError);
      assert.equal(error.message, 'Cannot open GPU "Broken 3000": it refuses a device');
      assert.ok(error.cause instanceof TypeError);
      return true;
    });
  }));

gpuTest(
  "openGpu() raises limits to what the adapter offers, and never computes on the CPU",
  async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const { limits, features, assertHealthy } = await openGpu();
    for (const name of ["maxBufferSize", "maxStorageBufferBindingSize"] as const) {
      assert.equal(limits[name], adapter!.limits[name]);
    }
    assert.deepEqual(features, [...features].sort());
    assert.equal(tf.getBackend(), "webgpu");
    assert.equal(tf.env().getBool("WEBGPU_CPU_FORWARD"), false);
    assertHealthy();
    // Opened devices are shared within a test file: leave the backend as it was found.
    await tf.setBackend("wasm");
  },
);
