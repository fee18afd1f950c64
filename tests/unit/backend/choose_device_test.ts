import assert from "node:assert/strict";
import { onChosenDevice } from "../../../src/backend/choose_device.ts";
import { fakeAdapter, withAdapter } from "./fake_adapter.ts";

const openers = {
  gpu: () => Promise.resolve("gpu"),
  cpu: (reason: string) => Promise.resolve(`cpu${reason}`),
};

Deno.test("onChosenDevice() opens what was asked for and never falls back", async () => {
  const failing = { ...openers, gpu: () => Promise.reject(new Error("no driver")) };
  assert.equal(await onChosenDevice("gpu", openers), "gpu");
  assert.equal(await onChosenDevice("cpu", openers), "cpu");
  await assert.rejects(onChosenDevice("gpu", failing), /no driver/);
});

Deno.test("onChosenDevice() takes the CPU by itself where there is no GPU, or a software one, and says why", async () => {
  await withAdapter(null, async () => {
    assert.equal(await onChosenDevice("auto", openers), "cpu (no WebGPU adapter found)");
  });
  await withAdapter(fakeAdapter({ description: "llvmpipe (LLVM 15)" }), async () => {
    assert.equal(
      await onChosenDevice("auto", openers),
      "cpu (WebGPU is only software here: llvmpipe (LLVM 15))",
    );
  });
});

Deno.test("onChosenDevice() takes hardware by itself, and the CPU if it does not open", async () => {
  await withAdapter(fakeAdapter({ device: "NVIDIA H100 PCIe" }), async () => {
    assert.equal(await onChosenDevice("auto", openers), "gpu");
    const failing = { ...openers, gpu: () => Promise.reject(new Error("it is hot")) };
    assert.equal(await onChosenDevice("auto", failing), "cpu (it is hot)");
  });
});
