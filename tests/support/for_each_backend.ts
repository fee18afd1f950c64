/**
 * Tests that run once on the CPU and once on the GPU.
 * @module
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { type Backend, openBackend } from "../../src/backend/open_backend.ts";
import { findAdapter } from "../../src/backend/find_adapter.ts";

/** One of the two backends. */
export type Device = Backend["device"];

const TFJS_NAMES: Readonly<Record<Device, string>> = { cpu: "wasm", gpu: "webgpu" };

const hasAdapter = await findAdapter() !== undefined;
const mustHaveGpu = Deno.env.get("REQUIRE_GPU") === "1";
const opened = new Map<Device, Backend>();

/** Makes a backend the active one; a device is opened once per test file. */
export async function useBackend(device: Device): Promise<Backend> {
  const backend = opened.get(device) ?? await openBackend(device, { log: () => {} });
  opened.set(device, backend);
  await tf.setBackend(TFJS_NAMES[device]);
  assert.equal(tf.getBackend(), TFJS_NAMES[device]);
  return backend;
}

/**
 * Registers a test that needs a GPU. Without an adapter it is reported as ignored, with the reason in its name;
 * with the environment variable `REQUIRE_GPU=1` it fails instead.
 *
 * The body starts on the CPU backend. It must free all its tensors, and at the end the device must be healthy.
 * The sanitizers are on: opening a device leaves no pending operation behind.
 */
export function gpuTest(name: string, body: (gpu: Backend) => Promise<void>): void {
  const ignore = !hasAdapter && !mustHaveGpu;
  Deno.test({
    name: ignore ? `${name} (ignored: this machine has no WebGPU adapter)` : name,
    ignore,
    fn: async () => {
      const gpu = await useBackend("gpu");
      await useBackend("cpu");
      const before = tf.memory().numTensors;
      await body(gpu);
      gpu.assertHealthy();
      assert.equal(tf.memory().numTensors, before, "the test leaks tensors");
    },
  });
}

/**
 * Registers a test once per backend. The body must free all its tensors.
 *
 * @param body Is told where it runs, for its tolerances.
 */
export function forEachBackend(name: string, body: (device: Device) => Promise<void>): void {
  cpuTest(`${name} [cpu]`, () => body("cpu"));
  gpuTest(`${name} [gpu]`, async () => {
    await useBackend("gpu");
    assert.equal(tf.env().getBool("WEBGPU_CPU_FORWARD"), false);
    await body("gpu");
    assert.equal(tf.getBackend(), "webgpu");
    await useBackend("cpu");
  });
}

/** Registers a test that runs on the CPU backend alone. The body must free all its tensors. */
export function cpuTest(name: string, body: () => Promise<void>): void {
  Deno.test(name, async () => {
    await useBackend("cpu");
    const before = tf.memory().numTensors;
    await body();
    assert.equal(tf.getBackend(), "wasm");
    assert.equal(tf.memory().numTensors, before, "the test leaks tensors");
  });
}
