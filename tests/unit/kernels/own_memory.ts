/**
 * A memory of the tests' own with our WebAssembly functions over it, without tfjs.
 * @module
 */
import type { MultiplyAdd } from "../../../src/kernels/simd/fused_multiply_add.ts";
import { openSimdKernels } from "../../../src/kernels/wasm/simd_kernels.ts";
import type { Take, Workspace } from "../../../src/kernels/wasm/workspace.ts";

/** Memory with an allocator that never frees. */
export interface OwnMemory {
  readonly workspace: Workspace;
  readonly take: Take;
  /** Puts numbers into fresh memory. @returns Their address. */
  put(numbers: ArrayLike<number>): number;
  /** Copies numbers out. */
  get(address: number, count: number): number[];
}

/** Opens a memory of 16 MiB. What is taken holds 7s, so that nobody relies on zeros. */
export function openOwnMemory(how?: MultiplyAdd): OwnMemory {
  const memory = new WebAssembly.Memory({ initial: 256 });
  const kernels = openSimdKernels(memory, how)!;
  const numbers = () => new Float32Array(memory.buffer);
  let top = 64;
  const take: Take = (bytes) => {
    const address = top;
    top += 16 * Math.ceil(bytes / 16) + 16;
    numbers().fill(7, address >> 2, top >> 2);
    return address;
  };
  const fail = () => {
    throw new Error("there are no tensors here");
  };
  return {
    workspace: {
      kernels,
      numbers,
      bytes: () => new Uint8Array(memory.buffer),
      ...{ addressOf: fail, makeOutput: fail, share: fail },
      withScratch: (run) => run(take),
    },
    take,
    put(values) {
      const address = take(4 * values.length);
      numbers().set(values, address >> 2);
      return address;
    },
    get: (address, count) => [...numbers().subarray(address >> 2, (address >> 2) + count)],
  };
}
