import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openCpu } from "../../../src/backend/open_cpu.ts";

Deno.test("openCpu() makes WebAssembly the active backend and says so", async () => {
  assert.match(await openCpu(), /^WebAssembly( with SIMD)?$/);
  assert.equal(tf.getBackend(), "wasm");
});

Deno.test("openCpu() brings the gradients that the stock backend lacks", async () => {
  await openCpu();
  assert.ok(tf.getKernel("Conv2DBackpropFilter", "wasm") !== undefined);
  assert.ok(tf.getKernel("Conv2DBackpropInput", "wasm") !== undefined);
});

Deno.test("openCpu() fails if tfjs stays on another backend", async () => {
  await openCpu();
  const factory = tf.findBackendFactory("wasm");
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => {
    throw new Error("no WebAssembly here");
  });
  const log = console.warn;
  console.warn = () => {}; // tfjs reports the failure there
  try {
    await assert.rejects(openCpu(), {
      name: "BackendError",
      message: /^Cannot start the CPU backend: tfjs runs on "\w+", must be "wasm"$/,
    });
  } finally {
    console.warn = log;
    tf.removeBackend("wasm");
    tf.registerBackend("wasm", factory!);
  }
});
