import assert from "node:assert/strict";
import { checkKernels } from "../../../../src/engine/cpu/check_kernels.ts";
import type { Kernel } from "../../../../src/engine/cpu/crew.ts";
import { MemoryArena } from "../../../../src/engine/cpu/memory_arena.ts";
import { TILES } from "../../../../src/engine/cpu/place_network.ts";
import { BackendError } from "../../../../src/errors.ts";
import { convKernel } from "../../../../src/kernels/simd/conv_kernel.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";

async function openKernels() {
  const limits = { initial: 2, isShared: false };
  const memory = new WebAssembly.Memory({ initial: 2 });
  const functions = Object.fromEntries(
    TILES.map((tile, index) => [`tile${index}`, convKernel(tile)]),
  );
  const module = encodeModule(functions, limits);
  const { instance } = await WebAssembly.instantiate(module, { env: { memory } });
  const kernels = TILES.map((_, index) => instance.exports[`tile${index}`] as Kernel);
  return { arena: new MemoryArena(memory, 1024), kernels };
}

Deno.test("checkKernels() is content with ours, and gives the memory back", async () => {
  const { arena, kernels } = await openKernels();
  checkKernels(arena, kernels);
  assert.equal(arena.top, 1024);
});

Deno.test("checkKernels() sees a kernel that does nothing, and one that leaves a channel out", async () => {
  const { arena, kernels } = await openKernels();
  const idle: Kernel = () => {};
  const lossy: Kernel = (record, ...rest) => {
    // One tap less: the run of the only group is the last word of its description.
    const run = new Int32Array(arena.memory.buffer, record + 15 * 4, 1);
    run[0]! -= 16;
    kernels[1]!(record, ...rest);
  };
  for (const broken of [idle, lossy]) {
    assert.throws(() => checkKernels(arena, [kernels[0]!, broken]), (error: Error) => {
      assert.ok(error instanceof BackendError);
      assert.match(error.message, /^Cannot use the CPU: a test convolution is off by \d/);
      return true;
    });
  }
});
