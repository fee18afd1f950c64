/**
 * A kernel as the fused programs read it, arranged on the GPU: training changes it at every step.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { weightBlock } from "./fused_conv_shape.ts";
import { type GpuBackend, type GpuProgram, runGpuProgram } from "./gpu_program.ts";

/** Which tap of the kernel stands at which place. */
export interface Arrangement {
  /** True: rows are output channels and columns input channels, as the input gradient needs it. */
  readonly isTransposed: boolean;
  /** 1: one kernel. 2: four kernels of every second tap, for even and odd rows and columns. */
  readonly phases: 1 | 2;
  /** Taps in each direction, for even and odd rows and columns. */
  readonly taps: readonly [number, number];
  /** Tap of the kernel that stands first. */
  readonly first: readonly [number, number];
  /** From one tap to the next: 1, or -1 or -2 for turned kernels. */
  readonly step: number;
  /** Channels of a row's tap, filled up to a multiple of 4 with zeros. */
  readonly channels: number;
  /** Rows of one phase. */
  readonly phaseRows: number;
}

const THREADS = 64;

/**
 * Arranges a kernel.
 *
 * @param kernel `[k, k, cin, cout]`.
 * @returns `[columns / block, rows, block]`, see `FusedInputs`.
 */
export function arrangeWeights(
  backend: GpuBackend,
  kernel: tf.TensorInfo,
  arrangement: Arrangement,
): tf.TensorInfo {
  const { isTransposed, phases, taps, first, step, channels, phaseRows } = arrangement;
  const [side, , cin, cout] = kernel.shape as [number, number, number, number];
  const columns = isTransposed ? cin : cout;
  const size = phases * phases * phaseRows * columns;
  const blocks = Math.ceil(size / THREADS);
  const width = Math.min(blocks, backend.device.limits.maxComputeWorkgroupsPerDimension);
  const program: GpuProgram = {
    variableNames: ["kernel"],
    variableComponents: [1],
    outputComponent: 1,
    outputShape: [1, size],
    dispatchLayout: { x: [0], y: [1], z: [2] },
    dispatch: [width, Math.ceil(blocks / width), 1],
    workgroupSize: [THREADS, 1, 1],
    uniforms: "shape : vec4<i32>, rows : vec4<i32>, taps : vec4<i32>, size : i32,",
    shaderKey: `pconvArrangeWeights_${isTransposed}`,
    getUserCode: () => writeCode(isTransposed),
  };
  return runGpuProgram(backend, program, {
    inputs: [kernel],
    uniforms: [
      { type: "int32", data: [side, cin, cout, weightBlock(columns)] },
      { type: "int32", data: [phases * phases * phaseRows, phaseRows, channels, step] },
      { type: "int32", data: [...taps, ...first] },
      { type: "int32", data: [size] },
    ],
    shape: [columns / weightBlock(columns), phases * phases * phaseRows, weightBlock(columns)],
  });
}

function writeCode(isTransposed: boolean): string {
  const source = isTransposed
    ? "(tap * uniforms.shape.y + column) * uniforms.shape.z + channel"
    : "(tap * uniforms.shape.y + channel) * uniforms.shape.z + column";
  return `
fn main() {
  let group = i32(workgroupId.x) + i32(workgroupId.y) * i32(numWorkgroups.x);
  let at = group * ${THREADS} + i32(localId.x);
  if (at >= uniforms.size) { return; }
  let block = uniforms.shape.w;
  let line = at / block;
  let column = (line / uniforms.rows.x) * block + at % block;
  let row = line % uniforms.rows.x;
  let phase = row / uniforms.rows.y;
  let place = (row % uniforms.rows.y) / uniforms.rows.z;
  let channel = row % uniforms.rows.y % uniforms.rows.z;
  let phases = vec2<i32>(phase >> 1u, phase & 1);
  let across = max(uniforms.taps[phases.y], 1);
  let i = uniforms.taps[2 + phases.x] + (place / across) * uniforms.rows.w;
  let j = uniforms.taps[2 + phases.y] + (place % across) * uniforms.rows.w;
  let tap = i * uniforms.shape.x + j;
  let isUsed = place < uniforms.taps[phases.x] * uniforms.taps[phases.y] &&
    channel < ${isTransposed ? "uniforms.shape.z" : "uniforms.shape.y"};
  result[at] = select(0.0, kernel[select(0, ${source}, isUsed)], isUsed);
}`;
}
