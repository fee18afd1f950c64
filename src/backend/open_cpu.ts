/**
 * The CPU backend: tfjs on WebAssembly.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { BackendError } from "../errors.ts";
import { registerWasmKernels } from "../kernels/wasm/register.ts";

/**
 * Makes WebAssembly the active tfjs backend and registers our kernels with it.
 *
 * @returns What it runs on, for messages.
 * @throws {BackendError} If it does not start.
 */
export async function openCpu(): Promise<string> {
  registerWasmKernels();
  // setBackend can answer false, or leave another backend active: both are checked.
  const isSet = await tf.setBackend("wasm");
  if (!isSet || tf.getBackend() !== "wasm") {
    throw new BackendError(
      `Cannot start the CPU backend: tfjs runs on "${tf.getBackend()}", must be "wasm"`,
    );
  }
  const hasSimd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return `WebAssembly${hasSimd ? " with SIMD" : ""}`;
}
