/**
 * What tfjs's WebGPU backend wants of a program of our own, and gives to a kernel.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** A compute program as tfjs takes it: bindings, sizes and code. */
export interface GpuProgram {
  /** Names of the inputs in WGSL, in the order they are handed over. No local may have the same name. */
  readonly variableNames: string[];
  /** 1 or 4 numbers an element, for each input. */
  readonly variableComponents: number[];
  readonly outputComponent: 1 | 4;
  readonly outputShape: number[];
  readonly dispatchLayout: { readonly x: number[]; readonly y: number[]; readonly z: number[] };
  /** Workgroups; tfjs writes here. */
  dispatch: [number, number, number];
  readonly workgroupSize: [number, number, number];
  /** Members of the `Uniforms` struct after tfjs's own; the code must read at least one. */
  readonly uniforms: string;
  /** Every constant that the code depends on, or another program's pipeline is taken; tfjs appends to it. */
  shaderKey: string;
  readonly getUserCode: () => string;
}

/** One member of the `Uniforms` struct, at most four numbers. */
export interface UniformValue {
  readonly type: "int32" | "float32";
  readonly data: number[];
}

/** The part of tfjs's `WebGPUBackend` that kernels use. */
export interface GpuBackend {
  readonly device: GPUDevice;
  runWebGPUProgram(
    program: GpuProgram,
    inputs: tf.TensorInfo[],
    outputDtype: "float32" | "int32",
    uniforms: UniformValue[],
  ): tf.TensorInfo;
  disposeData(dataId: tf.TensorInfo["dataId"]): boolean;
}

/**
 * Runs a program and gives its output a shape. Inputs go in flat and the output comes out as `[1, size]`, because
 * tfjs puts ranks and equal sizes into the name of a pipeline and would compile the same code again.
 *
 * @param shape Of the output, as many numbers as the program writes.
 */
export function runGpuProgram(
  backend: GpuBackend,
  program: GpuProgram,
  { inputs, uniforms, shape }: {
    readonly inputs: readonly tf.TensorInfo[];
    readonly uniforms: readonly UniformValue[];
    readonly shape: readonly number[];
  },
): tf.TensorInfo {
  const flat = inputs.map(({ dataId, shape, dtype }) => ({
    dataId,
    dtype,
    shape: [shape.reduce((size, side) => size * side, 1)],
  }));
  const { dataId, dtype } = backend.runWebGPUProgram(program, flat, "float32", [...uniforms]);
  return { dataId, dtype, shape: [...shape] };
}
