import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { DeviceChoice } from "../../../src/backend/choose_device.ts";
import { openBackend } from "../../../src/backend/open_backend.ts";
import { BackendError } from "../../../src/errors.ts";
import { gpuTest } from "../../support/for_each_backend.ts";
import { fakeAdapter, withAdapter } from "./fake_adapter.ts";

async function openAndLog(device: DeviceChoice) {
  const lines: string[] = [];
  const backend = await openBackend(device, { log: (line) => lines.push(line) });
  return { backend, lines };
}

Deno.test("openBackend() opens the CPU, says so, and is always healthy there", async () => {
  const { backend, lines } = await openAndLog("cpu");
  assert.deepEqual(lines, [`device: cpu, ${backend.name}`]);
  assert.equal(backend.device, "cpu");
  assert.deepEqual([backend.features, backend.limits], [[], {}]);
  backend.assertHealthy();
  assert.equal(tf.getBackend(), "wasm");
  assert.equal(tf.memory().numTensors, 0, "the self-check leaks tensors");
});

Deno.test("openBackend() takes the CPU by itself where there is no adapter", () =>
  withAdapter(null, async () => {
    const { backend, lines } = await openAndLog("auto");
    assert.deepEqual(lines, [`device: cpu, ${backend.name} (no WebGPU adapter found)`]);
    assert.equal(backend.device, "cpu");
  }));

Deno.test("openBackend() takes the CPU by itself where the GPU is software", () =>
  withAdapter(fakeAdapter({ description: "llvmpipe" }), async () => {
    const { backend, lines } = await openAndLog("auto");
    assert.deepEqual(lines, [
      `device: cpu, ${backend.name} (WebGPU is only software here: llvmpipe)`,
    ]);
  }));

Deno.test("openBackend() takes the CPU by itself where the GPU does not open, and says why", () =>
  withAdapter(fakeAdapter({ description: "Broken 3000" }), async () => {
    const { backend, lines } = await openAndLog("auto");
    assert.deepEqual(lines, [
      `device: cpu, ${backend.name} (Cannot open GPU "Broken 3000": it refuses a device)`,
    ]);
    assert.equal(tf.getBackend(), "wasm");
  }));

Deno.test("openBackend() never falls back from a GPU that was asked for", () =>
  withAdapter(null, async () => {
    await assert.rejects(openAndLog("gpu"), BackendError);
  }));

gpuTest("openBackend() opens the GPU, says so, and checks it", async () => {
  const { backend, lines } = await openAndLog("gpu");
  assert.equal(backend.device, "gpu");
  assert.equal(lines.length, 1);
  assert.ok(lines[0]!.startsWith(`device: gpu, ${backend.name}`), lines[0]);
  assert.equal(tf.getBackend(), "webgpu");
  assert.ok(backend.limits["maxBufferSize"]! >= 256 * 2 ** 20);
  backend.assertHealthy();
  await tf.setBackend("wasm");
});
