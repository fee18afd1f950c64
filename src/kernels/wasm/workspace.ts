/**
 * The memory of tfjs's WebAssembly backend, as our own functions see it.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { openSimdKernels, type SimdKernels } from "./simd_kernels.ts";

/** What is used of tfjs's backend; memory is that of its module. */
export interface WasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: "float32"): tf.TensorInfo;
  incRef(dataId: object): void;
}

/** Takes memory for the time of a call; 16 bytes aligned, contents undefined. @returns Its address. */
export type Take = (bytes: number) => number;

/** Our functions and the backend's tensors. Addresses are in bytes. */
export interface Workspace {
  readonly kernels: SimdKernels;
  /** The whole memory, fresh: it moves when it grows, so ask again after anything was taken. */
  bytes(): Uint8Array;
  /** The same as numbers. */
  numbers(): Float32Array;
  /** Where a tensor's numbers begin. */
  addressOf(tensor: tf.TensorInfo): number;
  /** Makes a tensor of undefined contents. */
  makeOutput(shape: readonly number[]): tf.TensorInfo;
  /** Counts one more user of a tensor's memory. */
  share(dataId: object): void;
  /** Runs something with memory of its own, freed at its end. */
  withScratch<T>(run: (take: Take) => T): T;
}

const workspaces = new WeakMap<WasmBackend, Workspace | null>();

/** The workspace of a backend, made once. Undefined if this machine has no SIMD. */
export function workspaceOf(backend: WasmBackend): Workspace | undefined {
  let workspace = workspaces.get(backend);
  if (workspace === undefined) {
    workspace = openWorkspace(backend) ?? null;
    workspaces.set(backend, workspace);
  }
  return workspace ?? undefined;
}

function openWorkspace(backend: WasmBackend): Workspace | undefined {
  const { memory } = backend.wasm.asm;
  const kernels = openSimdKernels(memory);
  if (kernels === undefined) return undefined;
  return {
    kernels,
    bytes: () => new Uint8Array(memory.buffer),
    numbers: () => new Float32Array(memory.buffer),
    // Addresses beyond 2 GiB come from WebAssembly as negative numbers.
    addressOf: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset >>> 0,
    makeOutput: (shape) => backend.makeOutput(shape, "float32"),
    share: (dataId) => backend.incRef(dataId),
    withScratch(run) {
      const taken: number[] = [];
      try {
        return run((bytes) => {
          const address = backend.wasm._malloc(bytes) >>> 0;
          if (address === 0) throw new Error(`Cannot take ${bytes} bytes: memory is used up`);
          taken.push(address);
          return address;
        });
      } finally {
        for (const address of taken) backend.wasm._free(address);
      }
    },
  };
}
