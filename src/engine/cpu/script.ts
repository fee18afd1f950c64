/**
 * A list of calls in memory that any thread of a crew can carry out.
 * @module
 */
import { type PyramidKernelName, pyramidKernels } from "../../kernels/simd/pyramid_kernels.ts";
import type { Kernel, WorkItem } from "./crew.ts";
import type { MemoryArena } from "./memory_arena.ts";

/** One call: the function's name and its eight arguments. */
export type ScriptCall = readonly [name: PyramidKernelName, ...values: number[]];

/** Calls that stand in memory. */
export interface Script {
  readonly address: number;
  readonly calls: readonly ScriptCall[];
}

/** Names by their number in memory. */
const NAMES = Object.keys(pyramidKernels()) as PyramidKernelName[];

/** Words of a call: its function and eight arguments. */
const WORDS = 9;

/** Writes calls into memory. */
export function putScript(arena: MemoryArena, calls: readonly ScriptCall[]): Script {
  const address = arena.take(calls.length * WORDS * 4);
  const words = new Int32Array(arena.memory.buffer, address, calls.length * WORDS);
  calls.forEach(([name, ...values], i) => words.set([NAMES.indexOf(name), ...values], i * WORDS));
  return { address, calls };
}

/** The whole script as one item; `kernel` is the number of {@linkcode scriptKernel} in the crew. */
export function scriptItem({ address, calls }: Script, kernel: number): WorkItem {
  return [kernel, address, 0, calls.length, 0, 0];
}

/** What carries out calls `[first, last)` of the script at an address. */
export function scriptKernel(memory: WebAssembly.Memory, exports: WebAssembly.Exports): Kernel {
  const functions = NAMES.map((name) => exports[name] as (...values: number[]) => void);
  return (signed, first, last) => {
    // Addresses beyond 2 GiB pass through the crew as negative numbers.
    const address = signed >>> 0;
    // Where another thread let the memory grow, this one may still see the buffer of before.
    if (memory.buffer.byteLength < address + last * WORDS * 4) memory.grow(0);
    const words = new Int32Array(memory.buffer, address, last * WORDS);
    for (let at = first * WORDS; at < words.length; at += WORDS) {
      functions[words[at]!]!(...words.subarray(at + 1, at + WORDS));
    }
  };
}
