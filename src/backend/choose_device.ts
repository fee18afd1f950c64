/**
 * Chooses between GPU and CPU.
 * @module
 */
import { describeAdapter, findAdapter } from "./find_adapter.ts";

/** What a user may ask for: `gpu` is WebGPU, `cpu` is WebAssembly, `auto` takes the faster of what is there. */
export type DeviceChoice = "auto" | "gpu" | "cpu";

/** How to open something on either device. */
export interface DeviceOpeners<T> {
  readonly gpu: () => Promise<T>;
  /** @param reason Why it is not the GPU, " (in brackets)" for a message; empty if the CPU was asked for. */
  readonly cpu: (reason: string) => Promise<T>;
}

/**
 * Opens something on the device that was asked for. An explicit choice never falls back. `auto` takes a hardware GPU if
 * there is one on which it opens, else the CPU, and tells it why.
 */
export async function onChosenDevice<T>(
  choice: DeviceChoice,
  { gpu, cpu }: DeviceOpeners<T>,
): Promise<T> {
  if (choice === "gpu") return await gpu();
  if (choice === "cpu") return await cpu("");
  const adapter = await findAdapter();
  if (adapter === undefined) return await cpu(" (no WebGPU adapter found)");
  const { name, isSoftware } = describeAdapter(adapter);
  if (isSoftware) return await cpu(` (WebGPU is only software here: ${name})`);
  try {
    return await gpu();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return await cpu(` (${error.message})`);
  }
}
