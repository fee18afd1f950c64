/**
 * Which WebGPU adapter there is, before any of it is opened.
 * @module
 */

/** An adapter as messages show it. */
export interface AdapterInfo {
  /** For example "NVIDIA H100 PCIe" or "llvmpipe (LLVM 15.0.6, 256 bits)". */
  readonly name: string;
  /** True if the "GPU" is software: right, but slower than the CPU backend. */
  readonly isSoftware: boolean;
}

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
