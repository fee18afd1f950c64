/**
 * Threads of the CPU engine, before they know any network.
 * @module
 */
import { BackendError } from "../../errors.ts";
import { convKernel } from "../../kernels/simd/conv_kernel.ts";
import { packKernel } from "../../kernels/simd/pack_kernel.ts";
import { pyramidKernels } from "../../kernels/simd/pyramid_kernels.ts";
import { encodeModule } from "../../kernels/simd/wasm_module.ts";
import { closeCrew, CREW_BYTES } from "./crew.ts";
import type { EngineBoot } from "./engine_messages.ts";
import { type Leader, openLeader } from "./leader.ts";
import { TILES } from "./place_network.ts";

/** Threads that are starting; what is posted to them waits until they have. */
export interface EngineThreads {
  readonly count: number;
  readonly leader: Leader;
  /** Instructions that the kernels use, for messages. */
  readonly instructions: string;
  /** Ends all of them. */
  readonly close: () => void;
}

/** Pages of 64 KiB: 4 GiB, all that 32 bits can address. */
const MOST_PAGES = 65536;

/** More threads than this wait for each other more than they help. */
const MOST_THREADS = 16;

/**
 * Starts threads over one shared memory. They load while the caller reads weights.
 *
 * @param count From 1; undefined for all cores, at most 16.
 * @throws {BackendError} If the processor has no SIMD.
 */
export function bootThreads(count?: number): EngineThreads {
  const threads = count ?? Math.min(MOST_THREADS, navigator.hardwareConcurrency);
  const limits = {
    initial: Math.ceil(CREW_BYTES / 65536) + 1,
    maximum: MOST_PAGES,
    isShared: true,
  };
  const { bytes, instructions } = encodeKernels(limits);
  const memory = new WebAssembly.Memory({ ...limits, shared: true });
  const workers = Array.from({ length: threads }, (_, index) => {
    const url = new URL("./engine_worker.ts", import.meta.url);
    const worker = new Worker(url, { type: "module" });
    const message: EngineBoot = { kind: "boot", bytes, memory, threads, leads: index === 0 };
    worker.postMessage(message);
    return worker;
  });
  const leader = openLeader(workers);
  return {
    count: threads,
    leader,
    instructions,
    close: () => {
      leader.fail(new BackendError("Cannot run the network: the engine is closed"));
      closeCrew(new Int32Array(memory.buffer, 0, CREW_BYTES / 4));
      // Followers too: in the middle of a pass they wait for a leader that is gone.
      for (const worker of workers) worker.terminate();
    },
  };
}

/** The module, with fused multiply-add if the engine knows it. */
function encodeKernels(limits: Parameters<typeof encodeModule>[1]) {
  for (const isFused of [true, false]) {
    const tiles = TILES.map((tile, index) => [`tile${index}`, convKernel({ ...tile, isFused })]);
    const functions = { ...Object.fromEntries(tiles), pack: packKernel(), ...pyramidKernels() };
    const bytes = encodeModule(functions, limits);
    const instructions = isFused ? "relaxed SIMD" : "SIMD without fused multiply-add";
    if (WebAssembly.validate(bytes)) return { bytes, instructions };
  }
  throw new BackendError("Cannot run on the CPU: its WebAssembly has no SIMD, must have it");
}
