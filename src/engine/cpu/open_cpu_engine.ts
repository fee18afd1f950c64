/**
 * The engine that runs networks on the CPU, on all cores.
 * @module
 */
import type { NamedArray } from "../../checkpoint/safetensors.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { checkRequest } from "../check_request.ts";
import type { NetworkEngine } from "../types.ts";
import { bootThreads, type EngineThreads } from "./boot_threads.ts";

/** Options of {@linkcode openCpuEngine}. */
export interface CpuEngineOptions {
  readonly config: UNetConfig;
  /** Parameters and statistics by path, as in weights files. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  /**
   * Threads that compute, from 1.
   * @default All cores, at most 16
   */
  readonly threads?: number;
  /**
   * Threads that were started before, instead of `threads`; the engine closes them.
   * @default New ones
   */
  readonly booted?: EngineThreads;
  /**
   * True hands the arrays over: they may not be used any more afterwards, and are not copied.
   * @default false
   */
  readonly handsOver?: boolean;
}

/**
 * Runs a network on threads with kernels of our own in WebAssembly, after a check that these compute what they should.
 *
 * @throws {BackendError} If the processor has no SIMD, a thread does not start, or the kernels fail their check.
 * @throws {OutOfMemoryError} If the network does not fit.
 */
export async function openCpuEngine(options: CpuEngineOptions): Promise<NetworkEngine> {
  const { config, arrays, handsOver, booted = bootThreads(options.threads) } = options;
  const { count, instructions, leader, close } = booted;
  try {
    await leader.start({ kind: "start", config, arrays }, handsOver ? buffersOf(arrays) : []);
  } catch (error) {
    close();
    throw error;
  }
  return {
    name: `cpu, ${count} ${count === 1 ? "thread" : "threads"}, ${instructions}`,
    run: async (requests) => {
      for (const request of requests) checkRequest(config, request);
      return await Promise.all(requests.map((request) => leader.run(request)));
    },
    close,
  };
}

/** The memory of arrays, each once: several may lie in one. */
function buffersOf(arrays: ReadonlyMap<string, NamedArray>): Transferable[] {
  return [...new Set([...arrays.values()].map(({ data }) => data.buffer as ArrayBuffer))];
}
