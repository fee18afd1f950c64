import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { type WasmBackend, workspaceOf } from "../../../../src/kernels/wasm/workspace.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";

const backend = () => tf.backend() as unknown as WasmBackend;

cpuTest("workspaceOf() sees the numbers of tensors, where they lie", async () => {
  const workspace = workspaceOf(backend())!;
  assert.equal(workspaceOf(backend()), workspace);
  const x = tf.tensor1d([1, 2, 3]);
  const address = workspace.addressOf(x);
  const view = workspace.numbers().subarray(address >> 2, (address >> 2) + 3);
  assert.deepEqual([...view], [1, 2, 3]);
  view[1] = 5;
  assert.deepEqual([...await x.data()], [1, 5, 3]);
  x.dispose();
});

cpuTest("withScratch() frees what was taken, also after an error", async () => {
  const workspace = workspaceOf(backend())!;
  const size = 64 << 20;
  const before = workspace.bytes().length;
  workspace.withScratch((take) => take(size));
  const grown = workspace.bytes().length;
  // Five times 64 MiB would not fit, were they kept.
  for (let i = 0; i < 4; i++) {
    assert.throws(() =>
      workspace.withScratch((take) => {
        take(size);
        throw new Error("stop");
      }), { message: "stop" });
  }
  assert.ok(grown - before <= size + (16 << 20));
  assert.equal(workspace.bytes().length, grown);
  await Promise.resolve();
});

Deno.test("withScratch() says that memory is used up", () => {
  const freed: number[] = [];
  const addresses = [4096, 0];
  const fake = {
    wasm: {
      asm: { memory: new WebAssembly.Memory({ initial: 1 }) },
      _malloc: () => addresses.shift()!,
      _free: (address: number) => freed.push(address),
    },
  } as unknown as WasmBackend;
  const workspace = workspaceOf(fake)!;
  assert.throws(() => workspace.withScratch((take) => [take(16), take(1000)]), {
    message: "Cannot take 1000 bytes: memory is used up",
  });
  assert.deepEqual(freed, [4096]);
});
