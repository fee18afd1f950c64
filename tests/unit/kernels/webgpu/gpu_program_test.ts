import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import {
  type GpuBackend,
  type GpuProgram,
  runGpuProgram,
} from "../../../../src/kernels/webgpu/gpu_program.ts";

Deno.test("runGpuProgram() hands inputs over flat, so that no shape gets into a pipeline's name", () => {
  const program = { outputShape: [1, 6] } as GpuProgram;
  const input = { dataId: { id: 1 }, shape: [1, 2, 3], dtype: "float32" } as tf.TensorInfo;
  const calls: unknown[] = [];
  const backend = {
    runWebGPUProgram: (...args: unknown[]) => {
      calls.push(args);
      return { dataId: { id: 2 }, shape: [1, 6], dtype: "float32" };
    },
  } as unknown as GpuBackend;
  const uniforms = [{ type: "int32" as const, data: [7] }];
  const output = runGpuProgram(backend, program, { inputs: [input], uniforms, shape: [3, 2] });
  assert.deepEqual(output, { dataId: { id: 2 }, shape: [3, 2], dtype: "float32" });
  assert.deepEqual(calls, [[
    program,
    [{ dataId: { id: 1 }, shape: [6], dtype: "float32" }],
    "float32",
    uniforms,
  ]]);
});
