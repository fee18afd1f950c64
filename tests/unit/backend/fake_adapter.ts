/**
 * Stand-ins for WebGPU adapters.
 * @module
 */

/** An adapter that shows the given information; it refuses a device, or gives none. */
export function fakeAdapter(info: Partial<GPUAdapterInfo>): GPUAdapter {
  return {
    info: {
      vendor: "",
      architecture: "",
      device: "",
      description: "",
      isFallbackAdapter: false,
      ...info,
    },
    limits: {},
    features: new Set(),
    requestDevice: () => Promise.reject(new TypeError("out of order")),
  } as unknown as GPUAdapter;
}

/** Runs a test on a machine that seems to have this adapter, or none. */
export async function withAdapter(
  adapter: GPUAdapter | null,
  body: () => Promise<void>,
): Promise<void> {
  const gpu = navigator.gpu as { requestAdapter: GPU["requestAdapter"] };
  const original = gpu.requestAdapter;
  gpu.requestAdapter = () => Promise.resolve(adapter);
  try {
    await body();
  } finally {
    gpu.requestAdapter = original;
  }
}
