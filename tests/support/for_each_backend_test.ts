import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { forEachBackend } from "./for_each_backend.ts";

forEachBackend("forEachBackend() makes its backend the active one", async (device) => {
  assert.equal(tf.getBackend(), device === "gpu" ? "webgpu" : "wasm");
  await Promise.resolve();
});

Deno.test("gpuTest() ignores with a reason without an adapter, and fails with REQUIRE_GPU=1", async () => {
  // A child that may use only an API which this system does not have.
  const api = Deno.build.os === "windows" ? "metal" : "dx12";
  const probe = new URL("gpu_probe.ts", import.meta.url);
  const run = async (required: string) => {
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", probe.pathname],
      env: { DENO_WEBGPU_BACKEND: api, REQUIRE_GPU: required, NO_COLOR: "1" },
      stderr: "null",
    }).output();
    return { code, text: new TextDecoder().decode(stdout) };
  };
  const ignored = await run("0");
  assert.equal(ignored.code, 0, ignored.text);
  assert.match(
    ignored.text,
    /probe \(ignored: this machine has no WebGPU adapter\) \.\.\. ignored/,
  );
  const failed = await run("1");
  assert.equal(failed.code, 1, failed.text);
  assert.match(failed.text, /this machine offers no WebGPU adapter/);
});
