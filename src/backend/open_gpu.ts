/**
 * The GPU backend: tfjs on Deno's WebGPU.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { BackendError } from "../errors.ts";

/** An adapter as messages show it. */
export interface AdapterInfo {
  /** For example "NVIDIA H100 PCIe" or "llvmpipe (LLVM 15.0.6, 256 bits)". */
  readonly name: string;
  /** True if the "GPU" is software: right, but slower than the CPU backend. */
  readonly isSoftware: boolean;
}

/** What {@linkcode openGpu} returns. */
export interface OpenedGpu extends AdapterInfo {
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  /** @throws {BackendError} If the device has reported any error since it was opened. */
  readonly assertHealthy: () => void;
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

/** Asks for an adapter without opening it. Undefined if this machine has none. */
export async function findAdapter(): Promise<GPUAdapter | undefined> {
  if (navigator.gpu === undefined) return undefined;
  // Mesa complains on stderr if this is not set; nothing is written there.
  if (Deno.build.os === "linux" && Deno.env.get("XDG_RUNTIME_DIR") === undefined) {
    Deno.env.set("XDG_RUNTIME_DIR", "/tmp");
  }
  return await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }) ?? undefined;
}

/** Describes an adapter. */
export function describeAdapter({ info }: GPUAdapter): AdapterInfo {
  const { device, description, vendor, architecture } = info;
  // Some drivers give a bare number as the device.
  const texts = [/[a-z]/i.test(device) ? device : "", description, `${vendor} ${architecture}`];
  const name = texts.map((text) => text.trim()).find((text) => text !== "") ?? "unknown adapter";
  const isSoftware = info.isFallbackAdapter || /llvmpipe|swiftshader|lavapipe/i.test(name);
  return { name, isSoftware };
}

/**
 * Opens a device of our own, gives it to tfjs and makes WebGPU the active backend.
 *
 * tfjs swallows WebGPU errors and then hands back old memory that looks right, so the device's
 * `uncapturederror` and its loss are stored: call `assertHealthy` after every awaited result.
 *
 * @throws {BackendError} If there is no adapter or it does not open.
 */
export async function openGpu(): Promise<OpenedGpu> {
  const adapter = await findAdapter();
  if (adapter === undefined) {
    throw new BackendError("Cannot open a GPU: this machine offers no WebGPU adapter", {
      hint: NO_ADAPTER_HINT,
    });
  }
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  const described = describeAdapter(adapter);
  const device = await requestDevice(adapter, described.name);
  let failure: string | undefined;
  device.addEventListener("uncapturederror", (event) => {
    failure ??= (event as GPUUncapturedErrorEvent).error.message;
  });
  device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed") failure ??= `the device was lost: ${message}`;
  });
  // Small tensors would otherwise be computed on the CPU, and GPU faults would stay hidden.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device as never, adapter.info as never), 3);
  const isSet = await tf.setBackend("webgpu");
  if (!isSet || tf.getBackend() !== "webgpu") {
    throw new BackendError(
      `Cannot start the GPU backend: tfjs runs on "${tf.getBackend()}", must be "webgpu"`,
    );
  }
  return {
    ...described,
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(RAISED_LIMITS.map((name) => [name, device.limits[name]])),
    assertHealthy: () => {
      if (failure === undefined) return;
      throw new BackendError(`GPU "${described.name}" failed: ${failure.split("\n")[0]}`, {
        hint: "Results since then are not to be trusted; run with --device cpu",
      });
    },
  };
}

async function requestDevice(adapter: GPUAdapter, name: string): Promise<GPUDevice> {
  const requiredLimits = Object.fromEntries(
    RAISED_LIMITS.map((limit) => [limit, adapter.limits[limit]]),
  );
  try {
    return await adapter.requestDevice({ requiredLimits });
  } catch (cause) {
    throw new BackendError(`Cannot open GPU "${name}": it refuses a device`, { cause });
  }
}
