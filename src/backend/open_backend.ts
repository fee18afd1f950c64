/**
 * Chooses where tensors live.
 * @module
 */
import { openCpu } from "./open_cpu.ts";
import { type DeviceChoice, onChosenDevice } from "./choose_device.ts";
import { openGpu } from "./open_gpu.ts";
import { selfCheck } from "./self_check.ts";

/** An open backend. */
export interface Backend {
  /** What was opened. */
  readonly device: "gpu" | "cpu";
  /** Adapter or instruction set, for messages. */
  readonly name: string;
  /** Names of optional WebGPU features; empty on the CPU. */
  readonly features: readonly string[];
  /** WebGPU limits by name; empty on the CPU. */
  readonly limits: Readonly<Record<string, number>>;
  /**
   * Call it after every awaited result: WebGPU reports its errors late, and tfjs hides them.
   *
   * @throws {BackendError} If the device has failed since it was opened.
   */
  readonly assertHealthy: () => void;
}

/** Options of {@linkcode openBackend}. */
export interface OpenBackendOptions {
  /**
   * Takes the line that says what was chosen and why.
   * @default Writes it to stderr.
   */
  readonly log?: (line: string) => void;
}

/**
 * Opens a tfjs backend, checks it with a small convolution and its gradients, and says which it is.
 *
 * An explicit choice never falls back. `auto` takes a hardware GPU if there is one that passes its check, else
 * the CPU, and says why.
 *
 * @throws {BackendError} If the choice is not to be had or fails its check.
 */
export async function openBackend(
  device: DeviceChoice,
  { log = writeToStderr }: OpenBackendOptions = {},
): Promise<Backend> {
  return await onChosenDevice(device, {
    gpu: () => checkedGpu(log),
    cpu: (reason) => checkedCpu(log, reason),
  });
}

async function checkedGpu(log: (line: string) => void): Promise<Backend> {
  const { name, isSoftware, features, limits, assertHealthy } = await openGpu();
  await selfCheck(`GPU "${name}"`);
  assertHealthy();
  log(`device: gpu, ${name}${isSoftware ? " (software, slower than --device cpu)" : ""}`);
  return { device: "gpu", name, features, limits, assertHealthy };
}

async function checkedCpu(log: (line: string) => void, reason: string): Promise<Backend> {
  const name = await openCpu();
  await selfCheck("the CPU backend");
  log(`device: cpu, ${name}${reason}`);
  return { device: "cpu", name, features: [], limits: {}, assertHealthy: () => {} };
}

function writeToStderr(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
