import assert from "node:assert/strict";
import { packKernel } from "../../../../src/kernels/simd/pack_kernel.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";

/** Runs the kernel over a memory of its own. */
async function pack(source: Float32Array, target: Float32Array, counts: readonly number[]) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = encodeModule({ pack: packKernel() }, { initial: 1, isShared: false });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const [from, to] = [1024, 16384];
  new Float32Array(memory.buffer, from, source.length).set(source);
  new Float32Array(memory.buffer, to, target.length).set(target);
  const [rowBytes, channels, blocks, blockBytes, vectors] = counts;
  const run = instance.exports["pack"] as (...values: unknown[]) => void;
  run(from, rowBytes, to, channels, blocks, blockBytes, vectors);
  return new Float32Array(memory.buffer, to, target.length).slice();
}

for (const [vectors, blocks, channels] of [[1, 1, 1], [1, 3, 5], [2, 1, 4], [2, 4, 3]] as const) {
  Deno.test(`packKernel() adds ${channels} rows to ${blocks} blocks of ${vectors} vectors`, async () => {
    const block = vectors * 4;
    const cout = blocks * block;
    // Rows of the kernel are two numbers apart from each other, blocks have room for one more row.
    const rowLength = cout + 2;
    const blockLength = (channels + 1) * block;
    const source = Float32Array.from({ length: channels * rowLength }, (_, i) => i + 1);
    const target = Float32Array.from({ length: blocks * blockLength }, (_, i) => -i);
    const counts = [rowLength * 4, channels, blocks, blockLength * 4, vectors];
    const packed = await pack(source, target, counts);
    packed.forEach((value, i) => {
      const [b, c, o] = [
        Math.floor(i / blockLength),
        Math.floor(i % blockLength / block),
        i % block,
      ];
      const added = c < channels ? source[c * rowLength + b * block + o]! : 0;
      assert.equal(value, target[i]! + added, `number ${i}`);
    });
  });
}
