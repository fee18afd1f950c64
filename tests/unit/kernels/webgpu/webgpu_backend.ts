/**
 * The WebGPU backend as kernels see it, for tests that call them directly.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { GpuBackend } from "../../../../src/kernels/webgpu/gpu_program.ts";

/** tfjs's WebGPU backend; it must be the active one. */
export function gpuBackend(): GpuBackend {
  return tf.backend() as unknown as GpuBackend;
}

/** Makes a tensor that tfjs knows of what a kernel returned. */
export function ownTensor({ dataId, shape, dtype }: tf.TensorInfo): tf.Tensor {
  return tf.engine().makeTensorFromDataId(dataId, shape, dtype, tf.backend());
}
