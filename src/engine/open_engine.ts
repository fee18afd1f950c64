/**
 * A network made ready on the device that was asked for.
 * @module
 */
import { type DeviceChoice, onChosenDevice } from "../backend/choose_device.ts";
import type { NamedArray } from "../checkpoint/safetensors.ts";
import { BackendError } from "../errors.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { bootThreads } from "./cpu/boot_threads.ts";
import { openCpuEngine } from "./cpu/open_cpu_engine.ts";
import { imageEnds } from "./image_ends.ts";
import type { NetworkEngine } from "./types.ts";

/** A network's numbers. */
export interface NetworkNumbers {
  /** The network's layers. */
  readonly config: UNetConfig;
  /** Parameters and statistics by path, as in weights files; not to be used any more afterwards. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

/** Options of {@linkcode openEngine}. */
export interface OpenEngineOptions {
  /** An explicit choice never falls back; "auto" takes a hardware GPU, else the CPU. */
  readonly device: DeviceChoice;
  /** A promise is waited for while the device opens. */
  readonly network: NetworkNumbers | Promise<NetworkNumbers>;
  /** Takes the line that says what was chosen and why, and what happens to the device later. */
  readonly log: (line: string) => void;
  /**
   * Threads of the CPU, from 1.
   * @default All cores, at most 16
   */
  readonly threads?: number;
}

/**
 * Opens a device, checks that it computes what it should, and puts a network on it. TensorFlow.js is loaded for the GPU
 * alone.
 *
 * @throws {BackendError} If the device is not to be had or fails its check.
 * @throws {OutOfMemoryError} If the network does not fit.
 */
export async function openEngine(options: OpenEngineOptions): Promise<NetworkEngine> {
  const { device, network, log, threads } = options;
  // Threads start while weights are read, and while it is found out whether there is a GPU.
  const booted = device === "gpu" ? undefined : bootThreads(threads);
  try {
    return await onChosenDevice(device, {
      gpu: async () => {
        const { openGpuNetwork } = await loadGpuEngine();
        const numbers = await network;
        const engine = imageEnds(numbers)(await openGpuNetwork({ ...numbers, log }));
        booted?.close();
        log(`device: ${engine.name}`);
        return engine;
      },
      cpu: async (reason) => {
        const numbers = await network;
        // Reads what it needs before the numbers are handed over.
        const wrap = imageEnds(numbers);
        const engine = wrap(await openCpuEngine({ ...numbers, booted: booted!, handsOver: true }));
        log(`device: ${engine.name}${reason}`);
        return engine;
      },
    });
  } catch (error) {
    booted?.close();
    throw error;
  }
}

/** Loads the GPU's half with TensorFlow.js. */
async function loadGpuEngine() {
  try {
    return await import("./gpu/open_gpu_network.ts");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new BackendError(`Cannot open a GPU: TensorFlow.js cannot be loaded: ${reason}`, {
      cause,
    });
  }
}
