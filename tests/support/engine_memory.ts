/**
 * What the CPU engine's leader has: memory and the module's functions.
 * @module
 */
import type { Kernel } from "../../src/engine/cpu/crew.ts";
import { Crew, CREW_BYTES } from "../../src/engine/cpu/crew.ts";
import { MemoryArena } from "../../src/engine/cpu/memory_arena.ts";
import { type PackKernel, TILES } from "../../src/engine/cpu/place_network.ts";
import { scriptKernel } from "../../src/engine/cpu/script.ts";
import { convKernel } from "../../src/kernels/simd/conv_kernel.ts";
import { packKernel } from "../../src/kernels/simd/pack_kernel.ts";
import { pyramidKernels } from "../../src/kernels/simd/pyramid_kernels.ts";
import { encodeModule } from "../../src/kernels/simd/wasm_module.ts";

/** A crew of the calling thread alone. */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory;
  readonly arena: MemoryArena;
  readonly crew: Crew;
  readonly pack: PackKernel;
}

/** Makes the memory, at most 16 MiB, full of old numbers behind the control block. */
export async function openEngineMemory(): Promise<EngineMemory> {
  const limits = { initial: Math.ceil(CREW_BYTES / 65536) + 4, maximum: 256, isShared: true };
  const memory = new WebAssembly.Memory({ ...limits, shared: true });
  const tiles = TILES.map((tile, index) => [`tile${index}`, convKernel(tile)]);
  const functions = { ...Object.fromEntries(tiles), pack: packKernel(), ...pyramidKernels() };
  const bytes = encodeModule(functions, limits);
  const { instance: { exports } } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const kernels = TILES.map((_, index) => exports[`tile${index}`] as Kernel);
  const words = new Int32Array(memory.buffer, 0, CREW_BYTES / 4);
  const arena = new MemoryArena(memory, CREW_BYTES);
  // What was handed out before holds anything.
  const old = arena.take(memory.buffer.byteLength - CREW_BYTES - 64);
  new Float32Array(memory.buffer, old).fill(NaN);
  arena.release(CREW_BYTES);
  return {
    memory,
    arena,
    crew: new Crew(words, 1, [...kernels, scriptKernel(memory, exports)]),
    pack: exports["pack"] as PackKernel,
  };
}
