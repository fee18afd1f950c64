/**
 * Registers our own functions as kernels of tfjs's WebAssembly backend.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Take, type WasmBackend, type Workspace, workspaceOf } from "./workspace.ts";

/** What a kernel is called with. */
export interface KernelCall {
  /** By name, or in the order of a list. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly workspace: Workspace;
  /** Memory until the kernel returns. */
  readonly take: Take;
}

/** A kernel; undefined if it leaves a call to tfjs's own. */
export type WasmKernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/**
 * Registers a kernel, in the place of tfjs's own if there is one.
 *
 * Without SIMD all calls go to tfjs's own.
 *
 * @throws {Error} When called, if tfjs has no such kernel and ours does not take the call.
 */
export function replaceKernel(kernelName: string, kernel: WasmKernel): void {
  const stock = tf.getKernel(kernelName, "wasm");
  // tfjs warns when a kernel is replaced, so the stock one is taken out first.
  if (stock !== undefined) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    ...(stock ?? {}),
    kernelName,
    backendName: "wasm",
    kernelFunc: (call) => {
      const workspace = workspaceOf(call.backend as WasmBackend);
      const result = workspace?.withScratch((take) =>
        kernel({
          inputs: call.inputs as Record<string, tf.TensorInfo>,
          attrs: (call.attrs ?? {}) as Record<string, unknown>,
          workspace,
          take,
        })
      );
      if (result !== undefined) return result;
      if (stock === undefined) {
        const why = workspace === undefined ? "this processor has no SIMD" : "not in this form";
        throw new Error(`Cannot run ${kernelName} on WebAssembly: ${why}`);
      }
      return stock.kernelFunc(call);
    },
  });
}
