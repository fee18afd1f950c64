/**
 * Runs trained networks on the GPU with fused kernels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { NamedArray } from "../../checkpoint/safetensors.ts";
import { BackendError } from "../../errors.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { checkRequest } from "../check_request.ts";
import { planForward } from "../plan/plan_forward.ts";
import type { ForwardRequest, NetworkEngine } from "../types.ts";
import { type DeviceLimits, mostBufferBytes, mostPictures } from "./check_limits.ts";
import { type ChooseTile, pixelLanes, sharedTiles } from "../../kernels/webgpu/choose_tile.ts";
import { freeIdleBuffers } from "../../kernels/webgpu/free_idle_buffers.ts";
import { inputPlanes } from "./input_planes.ts";
import { runPlans } from "./run_plans.ts";
import { disposeNetwork, uploadNetwork } from "./upload_network.ts";

/** The opened device that an engine runs on: `openGpu()` gives one. */
export interface EngineDevice {
  readonly name: string;
  readonly isSoftware: boolean;
  readonly limits: DeviceLimits;
  /** @throws {BackendError} If the device has failed. */
  readonly assertHealthy: () => void;
}

/** Options of {@linkcode openGpuEngine}. */
export interface GpuEngineOptions {
  /**
   * How convolutions are cut up.
   * @default Pixel lanes on software adapters, shared tiles on hardware
   */
  readonly chooseTile?: ChooseTile;
  /** Called when the engine is closed. */
  readonly onClose?: () => void;
}

/**
 * Puts a network on the GPU and gives what runs it. The device's backend must be tfjs's active one, then and at every
 * run.
 *
 * @param arrays By the names of `exportNetwork`; kernels HWIO. Not kept.
 * @throws {OutOfMemoryError} If a layer's weights exceed the device's largest buffer.
 */
export function openGpuEngine(
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
  device: EngineDevice,
  options: GpuEngineOptions = {},
): NetworkEngine {
  const { chooseTile = device.isSoftware ? pixelLanes() : sharedTiles() } = options;
  const network = uploadNetwork(config, arrays, mostBufferBytes(device.limits));
  const backend = tf.backend();
  let isOpen = true;
  let lastSize = "";

  const runBatch = async (requests: readonly ForwardRequest[]): Promise<Float32Array[]> => {
    const { height, width } = requests[0]!;
    const inputs = requests.map((request) => inputPlanes(config, request));
    const plans = requests.map((request) => planForward(config, request));
    const values = await onDevice(device, async () => {
      if (tf.backend() !== backend) {
        throw new Error(
          `Cannot run the network: tfjs runs on another backend, "${tf.getBackend()}", must be the engine's own`,
        );
      }
      // Only when sizes change: those that come again find their buffers again.
      const size = [requests.length, height, width].join();
      if (size !== lastSize) freeIdleBuffers(backend, IDLE_BYTES);
      lastSize = size;
      const output = runPlans(network, { height, width, plans, inputs }, chooseTile);
      try {
        return await output.data() as Float32Array;
      } finally {
        output.dispose();
      }
    });
    return inputs.map(({ base }, i) => readImage(values, i * height * width, base, height * width));
  };

  return {
    name: `gpu, ${device.name}${device.isSoftware ? " (software, slower than --device cpu)" : ""}`,
    async run(requests) {
      if (!isOpen) throw new Error("Cannot run the network: its engine is closed, must be open");
      for (const request of requests) checkRequest(config, request);
      const results = new Array<Float32Array>(requests.length);
      for (const batch of batches(requests, config, device.limits)) {
        const outputs = await runBatch(batch.map((index) => requests[index]!));
        batch.forEach((index, i) => results[index] = outputs[i]!);
      }
      return results;
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      disposeNetwork(network);
      options.onClose?.();
    },
  };
}

/** What tfjs may keep of other sizes. */
const IDLE_BYTES = 256 * 2 ** 20;

/** Does something on a device; one that failed says so itself, not by what the work runs into. */
async function onDevice<T>({ assertHealthy }: EngineDevice, work: () => Promise<T>): Promise<T> {
  assertHealthy();
  try {
    return await work();
  } catch (error) {
    // Loss and errors arrive by events of their own, maybe a moment later.
    await new Promise((resolve) => setTimeout(resolve));
    assertHealthy();
    // An error of WebGPU whose device claims to be well.
    if (error instanceof DOMException) {
      throw new BackendError(`Cannot run the network on the GPU: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    assertHealthy();
  }
}

/** Indices of requests of one size, as many as the device can hold together. */
function batches(
  requests: readonly ForwardRequest[],
  config: UNetConfig,
  limits: DeviceLimits,
): number[][] {
  const bySize = new Map<string, number[]>();
  requests.forEach(({ height, width }, index) => {
    const key = `${height}x${width}`;
    bySize.set(key, [...bySize.get(key) ?? [], index]);
  });
  return [...bySize.values()].flatMap((indices) => {
    const most = mostPictures(config, requests[indices[0]!]!, limits);
    const count = Math.ceil(indices.length / most);
    return Array.from({ length: count }, (_, i) => indices.slice(i * most, (i + 1) * most));
  });
}

/** `[h, w, 4]` at a pixel offset to rgb01, over a base. */
function readImage(
  values: Float32Array,
  firstPixel: number,
  base: Float32Array | undefined,
  pixels: number,
): Float32Array {
  const image = new Float32Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) {
      const value = values[(firstPixel + i) * 4 + c]!;
      image[i * 3 + c] = base === undefined ? value : base[i * 3 + c]! + value;
    }
  }
  return image;
}
