/**
 * The GPU backend: tfjs on Deno's WebGPU.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { BackendError, DeviceLostError, OutOfMemoryError } from "../errors.ts";
import { type AdapterInfo, describeAdapter, findAdapter } from "./find_adapter.ts";

/** What {@linkcode openGpu} returns. */
export interface OpenedGpu extends AdapterInfo {
  /** What the driver says about itself; may be empty. */
  readonly driver: string;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  /**
   * @throws {DeviceLostError} If the device was lost or destroyed since it was opened.
   * @throws {OutOfMemoryError} If an allocation failed first: nothing on this device can be trusted any more.
   * @throws {BackendError} If the device has reported any other error.
   */
  readonly assertHealthy: () => void;
}

/** Options of {@linkcode openGpu}. */
export interface OpenGpuOptions {
  /**
   * False keeps WebGPU's default limits, the least that every adapter has: to see how a small one fares.
   * @default true
   */
  readonly raisesLimits?: boolean;
}

/** Limits that are raised from WebGPU's defaults to what the adapter offers. */
const RAISED_LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

const NO_ADAPTER_HINT =
  "Install a Vulkan driver (Debian, without a GPU: apt-get install mesa-vulkan-drivers libvulkan1), " +
  "or run with --device cpu";

/**
 * Opens a device of our own, gives it to tfjs and makes WebGPU the active backend.
 *
 * tfjs swallows WebGPU errors and then hands back old memory that looks right, so the device's
 * `uncapturederror` and its loss are stored: call `assertHealthy` after every awaited result.
 *
 * @throws {BackendError} If there is no adapter or it does not open.
 */
export async function openGpu(
  { raisesLimits = true }: OpenGpuOptions = {},
): Promise<OpenedGpu> {
  const adapter = await findAdapter();
  if (adapter === undefined) {
    throw new BackendError("Cannot open a GPU: this machine offers no WebGPU adapter", {
      hint: NO_ADAPTER_HINT,
    });
  }
  const [{ WebGPUBackend }, { registerWebGpuKernels }] = await Promise.all([
    import("@tensorflow/tfjs-backend-webgpu"),
    import("../kernels/webgpu/register.ts"),
  ]);
  const described = describeAdapter(adapter);
  const device = await requestDevice(adapter, described.name, raisesLimits ? RAISED_LIMITS : []);
  const failure = watchDevice(device);
  // Small tensors would otherwise be computed on the CPU, and GPU faults would stay hidden.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device as never, adapter.info as never), 3);
  registerWebGpuKernels(described);
  const isSet = await tf.setBackend("webgpu");
  if (!isSet || tf.getBackend() !== "webgpu") {
    throw new BackendError(
      `Cannot start the GPU backend: tfjs runs on "${tf.getBackend()}", must be "webgpu"`,
    );
  }
  return {
    ...described,
    driver: adapter.info.description,
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(RAISED_LIMITS.map((name) => [name, device.limits[name]])),
    assertHealthy: () => {
      const failed = failure();
      if (failed === undefined) return;
      const [line] = failed.message.trim().split("\n");
      throw new failed.kind(`GPU "${described.name}" failed: ${line}`, {
        cause: failed.cause,
        hint: "Results since then are not to be trusted; run with --device cpu",
      });
    },
  };
}

/** How a device failed. */
interface Failure {
  readonly kind: typeof BackendError;
  readonly message: string;
  /** What the device reported. */
  readonly cause: GPUError | GPUDeviceLostInfo;
}

/**
 * Remembers the first thing that goes wrong on a device, but a loss above all: what fails after it fails because of
 * it, and a fresh device mends it.
 */
function watchDevice(device: GPUDevice): () => Failure | undefined {
  let failure: Failure | undefined;
  let loss: Failure | undefined;
  device.addEventListener("uncapturederror", (event) => {
    const { error } = event as GPUUncapturedErrorEvent;
    const kind = error instanceof GPUOutOfMemoryError ? OutOfMemoryError : BackendError;
    failure ??= { kind, message: error.message, cause: error };
  });
  device.lost.then((cause) => {
    const { reason, message } = cause;
    loss = { kind: DeviceLostError, message: `the device was lost (${reason}): ${message}`, cause };
  });
  return () => loss ?? failure;
}

async function requestDevice(
  adapter: GPUAdapter,
  name: string,
  raised: readonly (typeof RAISED_LIMITS)[number][],
): Promise<GPUDevice> {
  const requiredLimits = Object.fromEntries(
    raised.map((limit) => [limit, adapter.limits[limit]]),
  );
  try {
    return await adapter.requestDevice({ requiredLimits });
  } catch (cause) {
    throw new BackendError(`Cannot open GPU "${name}": it refuses a device`, { cause });
  }
}
