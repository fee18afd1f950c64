import assert from "node:assert/strict";
import { describeAdapter, findAdapter } from "../../../src/backend/find_adapter.ts";
import { fakeAdapter, withAdapter } from "./fake_adapter.ts";

const ADAPTERS: readonly (readonly [Partial<GPUAdapterInfo>, name: string, isSoftware: boolean])[] =
  [
    [{ device: "NVIDIA H100 PCIe", description: "driver 535" }, "NVIDIA H100 PCIe", false],
    // llvmpipe under Deno: a bare number as the device.
    [
      { device: "0", description: "llvmpipe (LLVM 15.0.6, 256 bits)" },
      "llvmpipe (LLVM 15.0.6, 256 bits)",
      true,
    ],
    [{ description: " SwiftShader Device " }, "SwiftShader Device", true],
    [{ vendor: "amd", architecture: "rdna-3" }, "amd rdna-3", false],
    [{ description: "Microsoft Basic", isFallbackAdapter: true }, "Microsoft Basic", true],
    [{}, "unknown adapter", false],
  ];

for (const [info, name, isSoftware] of ADAPTERS) {
  Deno.test(`describeAdapter() calls ${JSON.stringify(info)} "${name}"`, () => {
    assert.deepEqual(describeAdapter(fakeAdapter(info)), { name, isSoftware });
  });
}

Deno.test("findAdapter() is undefined where there is no adapter", () =>
  withAdapter(null, async () => {
    assert.equal(await findAdapter(), undefined);
  }));
