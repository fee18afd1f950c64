/**
 * Adds up parts of a sum, in order.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type GpuBackend, type GpuProgram, runGpuProgram } from "./gpu_program.ts";

const THREADS = 64;

/**
 * Adds the rows of a matrix, first row first.
 *
 * @param parts `[count, size]`.
 * @param shape Of the result, `size` numbers.
 */
export function sumParts(
  backend: GpuBackend,
  parts: tf.TensorInfo,
  shape: readonly number[],
): tf.TensorInfo {
  const [count, size] = parts.shape as [number, number];
  const blocks = Math.ceil(size / THREADS);
  const columns = Math.min(blocks, backend.device.limits.maxComputeWorkgroupsPerDimension);
  const program: GpuProgram = {
    variableNames: ["parts"],
    variableComponents: [1],
    outputComponent: 1,
    outputShape: [1, size],
    dispatchLayout: { x: [0], y: [1], z: [2] },
    dispatch: [columns, Math.ceil(blocks / columns), 1],
    workgroupSize: [THREADS, 1, 1],
    uniforms: "extent : vec2<i32>,",
    shaderKey: "pconvSumParts",
    getUserCode: () => CODE,
  };
  return runGpuProgram(backend, program, {
    inputs: [parts],
    uniforms: [{ type: "int32", data: [count, size] }],
    shape,
  });
}

const CODE = `
fn main() {
  let group = i32(workgroupId.x) + i32(workgroupId.y) * i32(numWorkgroups.x);
  let at = group * ${THREADS} + i32(localId.x);
  if (at >= uniforms.extent.y) { return; }
  var sum = 0.0;
  for (var part = 0; part < uniforms.extent.x; part++) { sum += parts[part * uniforms.extent.y + at]; }
  result[at] = sum;
}`;
