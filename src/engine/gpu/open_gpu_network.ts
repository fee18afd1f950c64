/**
 * A network on a GPU that is opened for it, and opened again if it is lost.
 * @module
 */
import { openGpu } from "../../backend/open_gpu.ts";
import { selfCheck } from "../../backend/self_check.ts";
import type { NamedArray } from "../../checkpoint/safetensors.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { batchingEngine } from "../batching_engine.ts";
import { reopeningEngine } from "../reopening_engine.ts";
import type { NetworkEngine } from "../types.ts";
import { openGpuEngine } from "./open_gpu_engine.ts";
import { tuneTiles } from "./tune_tiles.ts";

/** What {@linkcode openGpuNetwork} puts on the GPU. */
export interface GpuNetwork {
  readonly config: UNetConfig;
  /** Parameters and statistics by path, as in weights files; kept for a device that is opened later. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  /** Takes a line when the device is lost and another one takes over. */
  readonly log: (line: string) => void;
}

/** Most pixels of several pictures that run together: four of 512x512. */
const BATCH_PIXELS = 1024 * 1024;

/**
 * Opens the GPU, checks it and puts a network on it. A device that is lost later is replaced once by a fresh
 * one. Pictures that wait for it run together.
 *
 * @throws {BackendError} If there is no adapter, or it fails its check.
 */
export async function openGpuNetwork({ config, arrays, log }: GpuNetwork): Promise<NetworkEngine> {
  const engine = await reopeningEngine({
    open: async () => {
      const gpu = await openGpu();
      await selfCheck(`GPU "${gpu.name}"`);
      gpu.assertHealthy();
      return openGpuEngine(config, arrays, gpu, { chooseTile: await tuneTiles(gpu) });
    },
    log,
  });
  return batchingEngine(engine, { mostPixels: BATCH_PIXELS });
}
